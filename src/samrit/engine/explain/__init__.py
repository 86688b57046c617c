"""Why this number? The derivation of any figure, from the band down to the entries.

``explain`` answers for a project or an indicator of an evaluated plan,
``explain_cell`` for a cell of a table, ``explain_money`` and ``explain_money_sum`` for
money spent, ``explain_score`` for a score above the works; ``render`` turns the answer into text.
"""

from samrit.engine.explain.above import explain_score
from samrit.engine.explain.derivation import Derivation, as_data, render
from samrit.engine.explain.evaluation import explain, explain_cell, results_of_parts
from samrit.engine.explain.money import explain_money, explain_money_sum
from samrit.engine.explain.percents import WAYS

__all__ = [
    "WAYS",
    "Derivation",
    "as_data",
    "explain",
    "explain_cell",
    "explain_money",
    "explain_money_sum",
    "explain_score",
    "render",
    "results_of_parts",
]
