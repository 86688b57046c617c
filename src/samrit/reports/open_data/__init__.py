"""The tables of an evaluation for other programs: one heading row, plain names (R290)."""
