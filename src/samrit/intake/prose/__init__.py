"""What a report tells in words beside its tables: allotments, achievements, works that fell behind, problems, sites."""
