"""The workbook as a file: cells, formats, headings, heights and page breaks."""
