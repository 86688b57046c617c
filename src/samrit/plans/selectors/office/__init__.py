"""Reads about people, units, plans and what a person may see."""
