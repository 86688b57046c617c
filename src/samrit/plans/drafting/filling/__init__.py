"""What rows of a draft are filled with besides what somebody types, and how their faults are told."""
