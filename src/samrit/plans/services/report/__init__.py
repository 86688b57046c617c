"""Writes of a unit's month: figures, levels, words, evidence, and the report's way."""
