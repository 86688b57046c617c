"""The columns of the flat tables: open-data names, in English and without spaces (thai-domain.md, open data)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samrit.engine.model import Mark

Cell = str | Decimal | int | date | Mark | None
Columns = tuple[str, ...]

_EVALUATION = ("plan", "year_be", "as_of", "ruleset")

PROJECTS = (
    *_EVALUATION,
    "project",
    "identity",
    "shares_with",
    "fund",
    "strategy",
    "tactic",
    "programme",
    "kind",
    "number",
    "title",
    "responsible",
    "budget",
    "first_period",
    "last_period",
    "status",
    "state",
    "counts",
    "weight_sum",
    "computed_percent",
    "percent",
    "percent_shown",
    "score",
    "band",
    "band_name",
    "normalised_percent",
    "second_percent",
    "second_band",
    "lowest_indicator",
    "lowest_percent",
    "override_reason",
    "source",
)
INDICATORS = (
    *_EVALUATION,
    "indicator",
    "project",
    "fund",
    "strategy",
    "number",
    "name",
    "unit_of_measure",
    "target_comparator",
    "target",
    "target_text",
    "aggregation",
    "consolidation",
    "direction",
    "formula",
    "baseline",
    "weight",
    "effective_weight",
    "plan_total",
    "actual_total",
    "level_planned",
    "level_reached",
    "state",
    "computed_percent",
    "percent",
    "score",
    "band",
    "claim_percent",
    "override_reason",
    "rules",
    "source",
    "note",
)
MONTHLY = (
    "plan",
    "year_be",
    "indicator",
    "project",
    "fund",
    "strategy",
    "unit",
    "unit_of_measure",
    "period",
    "month",
    "span",
    "planned",
    "actual",
    "numerator",
    "denominator",
    "planned_numerator",
    "planned_denominator",
    "note",
    "source",
    "confidence",
)
OVERRIDES = (
    "plan",
    "scope",
    "record",
    "period",
    "percent",
    "band",
    "computed_percent",
    "reason",
    "decided_by",
    "decided_on",
    "source",
)
KINDS = (*_EVALUATION, "fund", "strategy", "kind_group", "count")
BANDS = (*_EVALUATION, "fund", "strategy", "band", "count", "total", "share")
