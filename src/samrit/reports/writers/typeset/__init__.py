"""The report as data for our typesetting template: plain lists and words, in which no text is markup."""
