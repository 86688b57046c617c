"""Review: every doubt beside its source row, corrections typed by a person and never lost."""
