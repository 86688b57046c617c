"""Pages of a unit's monthly report."""
