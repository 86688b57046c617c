"""Plan tables, indicator cards and manpower frames: the plan before its months."""
