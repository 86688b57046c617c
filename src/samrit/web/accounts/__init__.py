"""Signing in: our side of the library that does it (docs/decisions/0008-signing-in.md)."""
