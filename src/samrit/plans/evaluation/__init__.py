"""From rows and a version to results: the bridge to the engine, and what a process remembers of it."""
