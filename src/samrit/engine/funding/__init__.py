"""Where the money of a plan comes from, and how it comes to its works."""
