"""Tables that leave as Excel and CSV."""
