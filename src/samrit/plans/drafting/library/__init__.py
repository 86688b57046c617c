"""The library of indicators: one definition used by many works, plans and years (R61, R62)."""
