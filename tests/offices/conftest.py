"""The office of these tests: people as the tests of the application have them."""

from tests.plans.fixtures import clock, own_files, person

__all__ = ["clock", "own_files", "person"]
