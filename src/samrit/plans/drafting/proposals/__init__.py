"""What units propose for a draft: a work on one form, what is wrong with it, and the rows that it becomes."""
