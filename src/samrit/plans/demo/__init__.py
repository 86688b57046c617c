"""The demonstration office: the example plans with a year of reports, and one account per role."""
