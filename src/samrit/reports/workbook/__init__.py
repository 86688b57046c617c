"""The evaluated plan as a workbook with live formulas; ``samrit.reports.xlsx`` puts the sheets together.

``book`` and ``layout`` know the file format, ``formulas`` the rules as spreadsheet text,
and each ``*_sheet`` module one sheet.
"""
