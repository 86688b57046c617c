"""Measurements of Samrit: ``python -m benchmarks`` (``make bench``)."""
