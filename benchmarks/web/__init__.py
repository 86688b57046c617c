"""The web application under load, each part in a process of its own: ``make bench ARGS="--only web"``."""
