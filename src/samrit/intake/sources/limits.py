"""How much one document may cost: what lies beyond is refused with a finding, before it costs memory.

A plan of a thousand printed pages stays far below every one of these.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

LARGEST_UPLOAD = 20 * MEGABYTE  # bytes of a file that comes over the web
LARGEST_FILE = 64 * MEGABYTE  # bytes of a file on one's own disk, pictures included
LARGEST_TEXT = 32 * MEGABYTE  # bytes of a text, CSV or HTML file

# Zipped formats (xlsx, docx, ods).
MOST_ENTRIES = 5_000
LARGEST_DIRECTORY = 4 * MEGABYTE  # bytes of a zip's own table of contents
LARGEST_PART = 200 * MEGABYTE  # unpacked bytes of one part
LARGEST_UNPACKED = 200 * MEGABYTE  # unpacked bytes of all parts together
HIGHEST_RATIO = 250  # unpacked to packed; repetitive sheets reach 100, a bomb 1,000
RATIO_COUNTS_FROM = 16 * MEGABYTE  # a small part may be as repetitive as it likes

# XML.
DEEPEST = 512  # elements inside elements
LONGEST_TOKEN = 4 * MEGABYTE  # one tag or one attribute

# What comes out.
MOST_CELLS = 2_000_000  # cells with text, or empty ones between them
MOST_ELEMENTS = 40_000_000  # elements of XML looked at, empty cells among them
MOST_LETTERS = 64_000_000  # letters of all cells together
MOST_COLUMNS = 2_000  # columns that one merged cell may reach over
MOST_ROWS = 100_000  # rows that one merged cell may reach over

# A plan as its own package: more than ten times the largest that is known, whose 235 works have 8,200 rows.
MOST_ROWS_OF_PLAN = 120_000  # rows of all its files together
MOST_LETTERS_OF_PLAN = 32_000_000

MOST_PAGES = 1_500
MOST_MARKS_ON_PAGE = 200_000  # letters, and drawn lines, of one page
SECONDS = 18.0  # of work for one document: with the start of its process nobody waits longer than twenty
SECONDS_OF_PRINT = 180.0  # for a PDF, which only the command line reads: a thousand pages
MEMORY = 512 * MEGABYTE  # for the process in which a document is read
