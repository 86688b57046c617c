"""Signing in: our side of the library that does it (docs/decisions/0011-signing-in.md)."""
