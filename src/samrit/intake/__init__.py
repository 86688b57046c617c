"""Documents to drafts: what an office has on file becomes a draft plan package, with every doubt shown."""
