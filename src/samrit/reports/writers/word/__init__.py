"""The parts of the Word writer: raw WordprocessingML for what python-docx has no word for, or is too slow at."""
