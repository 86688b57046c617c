"""The rules of the month: units, duties, days, locks, completeness, reminders."""
