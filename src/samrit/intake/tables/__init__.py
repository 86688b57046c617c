"""A table as every recogniser sees it: laid out by position, its headings of months, and works as printed."""
