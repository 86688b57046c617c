"""Where the year will end: percent and band per indicator and project, early warnings, back-test.

The method is in rules/34-forecast.md (FC1–FC7).
"""

from samrit.engine.forecast.backtest import BackTest, back_test
from samrit.engine.forecast.folds import OutOfFold, out_of_fold
from samrit.engine.forecast.indicator import IndicatorForecast, forecast_indicator
from samrit.engine.forecast.project import PlanForecast, ProjectForecast, forecast
from samrit.engine.forecast.reasons import reason_text
from samrit.engine.forecast.warnings import EarlyWarning, early_warnings, worst_first
from samrit.engine.forecast.watch import POINTS, Watched, watch_list
from samrit.engine.forecast.watch_test import WatchTest, watch_test

__all__ = [
    "POINTS",
    "BackTest",
    "EarlyWarning",
    "IndicatorForecast",
    "OutOfFold",
    "PlanForecast",
    "ProjectForecast",
    "WatchTest",
    "Watched",
    "back_test",
    "early_warnings",
    "forecast",
    "forecast_indicator",
    "out_of_fold",
    "reason_text",
    "watch_list",
    "watch_test",
    "worst_first",
]
