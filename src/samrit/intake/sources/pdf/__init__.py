"""PDF files with a text layer: letters with their places, then ruled tables, aligned tables and running text."""
