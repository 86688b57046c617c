"""The one room that owns tables: models, services (writes), selectors (reads), the bridge to the engine."""
