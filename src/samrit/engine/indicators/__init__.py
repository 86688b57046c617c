"""One indicator: from its entries to its totals, its percent, level and points."""
