"""The Excel form of a plan: written empty, read when filled; the workbook of a report reads back the same way."""
