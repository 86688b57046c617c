"""Writes: each function one transaction with its history entry; raises ServiceError."""
