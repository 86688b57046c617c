"""The words of a report beside its figures: drafted from the records, edited by people, with live values in them."""
