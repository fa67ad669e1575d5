"""From a PDF to a document: glyphs and lines on pages, tables with and without rules."""
