"""The evaluation report of a quarter or month: what each chapter says, from a scored plan to the report model."""
