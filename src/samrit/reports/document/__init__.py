"""The report model, a document as a list of blocks, and what every writer needs to read it."""
