"""Reads for a unit's monthly report: entry, confirmation, what is due."""
