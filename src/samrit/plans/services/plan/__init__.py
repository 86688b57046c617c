"""Writes about a plan: versions, periods, evaluations, settlements, findings, documents, money."""
