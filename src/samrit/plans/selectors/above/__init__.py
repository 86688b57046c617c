"""What is above one plan of one year: the goals it serves, and the years it belongs to."""
