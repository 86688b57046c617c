"""The ways in which an indicator is judged other than by a ratio: a day, a range, points."""
