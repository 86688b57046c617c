"""The text of one table: decoded, cut into rows and cells, and read by its columns."""
