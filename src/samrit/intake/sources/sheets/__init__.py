"""Spreadsheets: cells with what they show, and the tables that stand on a sheet."""
