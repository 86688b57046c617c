"""The report model as Word, PDF and HTML: a writer knows its file format and no projects."""
