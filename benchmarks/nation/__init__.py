"""Many plans: made-up offices, and scoring them beside other engines."""
