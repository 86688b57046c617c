"""A plan of several years over its annual plans: targets and results year by year, and where the two part."""
