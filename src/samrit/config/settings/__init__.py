"""Settings: ``development``, ``test`` and ``production`` build on ``base``."""
