"""Many plans at once: the one function that scores a plan, run over thousands of them on all cores or on a cluster."""
