"""Documents made up in many layouts, with the truth beside each: how right an import is with documents never seen.

Nothing here but ``holding`` and ``__main__`` may import ``samrit``: what writes the documents must know
nothing of how they are read, or both could share one mistake (``tests/benchmarks`` checks it).
"""
