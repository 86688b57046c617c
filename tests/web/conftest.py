"""Every test here has the office's fixtures."""

from __future__ import annotations

from tests.plans.fixtures import clock, hr, own_files, person, register, sso

__all__ = ["clock", "hr", "own_files", "person", "register", "sso"]
