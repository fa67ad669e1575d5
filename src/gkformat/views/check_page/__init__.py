"""The check page: what was found in one report or in those of a county, as a page that can be handed on."""
