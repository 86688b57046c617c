"""What is kept of every change: the history chain, its audit, backups, and the files on disk."""
