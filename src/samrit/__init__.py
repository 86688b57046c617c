"""Samrit plans, reports, evaluates and proves public-sector action plans."""

__version__ = "0.11.0"
