"""Repair by arithmetic: which month a cell belongs to, decided by what the row must obey."""
