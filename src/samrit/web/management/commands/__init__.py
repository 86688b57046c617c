"""Commands of the pages: ``manage.py build_fonts``."""
