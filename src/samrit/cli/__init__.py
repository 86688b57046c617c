"""The command line: works on plan packages, needs no database. ``main`` is the console command."""
