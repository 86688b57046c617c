"""Pages that show plans and results."""
