"""The sheets of data, a row a thing, with the rules as formulas over them."""
