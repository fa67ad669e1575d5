"""The forms themselves: one module an edition, each a page that can be laid beside the printed one."""
