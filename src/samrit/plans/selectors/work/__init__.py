"""Reads about works: the list of all, one work, its money and months."""
