"""The pure core: one plan in, its evaluation out.

Plain Python and ``Decimal``; no input or output, no clock, no locale, no framework.
The order of work is at the top of ``score``.
"""
