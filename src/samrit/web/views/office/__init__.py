"""Pages about people and units, signing in, and the frame."""
