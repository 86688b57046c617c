"""Reads for the control room."""
