"""The field's words: terms, periods, numbers, findings. Standard library only."""
