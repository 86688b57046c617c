"""The evaluated plan as a workbook with live formulas; ``xlsx`` writes it, ``assemble`` puts the sheets together."""
