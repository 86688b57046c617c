"""The addresses of the pages, a file for each room; ``samrit.web.urls`` puts them together."""
