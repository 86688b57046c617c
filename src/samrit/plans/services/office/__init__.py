"""Writes about people, units, holidays, reminders and saved views."""
