"""What a draft is worth beside its rows: its works scored and checked work by work, and what an amendment does."""
