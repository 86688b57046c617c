"""What reports say and how: the sentences, the office's template, the language and the way of writing figures."""
