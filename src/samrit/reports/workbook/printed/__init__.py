"""The sheets that people read and print: annex, summary, rules and notes."""
