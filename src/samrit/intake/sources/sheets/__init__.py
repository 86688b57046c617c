"""Spreadsheets: cells with what they show, and the tables that are on a sheet."""
