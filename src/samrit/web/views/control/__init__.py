"""Pages of the control room and of closed evaluations."""
