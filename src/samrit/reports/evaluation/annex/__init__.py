"""The annex of the evaluation report: every work with its indicators, months and explanation."""
