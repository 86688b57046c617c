"""The files of a plan package and their columns, by subject."""
