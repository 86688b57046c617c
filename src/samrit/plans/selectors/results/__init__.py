"""Reads of results: one plan at one period, its front page, comparison, heat map, and why a number is so."""
