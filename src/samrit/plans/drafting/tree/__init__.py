"""A plan's tree in a draft: strategies, tactics, programmes and works as they hang together, and how they are moved."""
