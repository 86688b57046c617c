"""The book of a plan: what each chapter says, from a plan to the report model."""
