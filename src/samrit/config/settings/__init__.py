"""Settings: ``local``, ``demo``, ``test`` and ``production`` build on ``base``."""
