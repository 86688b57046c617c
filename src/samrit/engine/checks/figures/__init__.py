"""Checks on the figures of the months: what was planned and reported, and what repeats or slips."""
