"""Reads: what a page needs, for the person who asks."""
