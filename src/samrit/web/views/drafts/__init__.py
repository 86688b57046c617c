"""The pages of plans under edit: the list, a beginning, the draft at a look, its tables, its way to a version."""
