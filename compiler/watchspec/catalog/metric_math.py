"""The functions of metric math.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["scalar", "series", "array"]
"""One number, one time series, several time series."""

ALIKE = frozenset(
    ("ABS", "CEIL", "DIFF", "DIFF_TIME", "FILL", "FLOOR", "LOG", "LOG10", "RATE", "RUNNING_SUM")
)
"""Functions that make of a series a series, and of several as many."""
REDUCING = frozenset(("AVG", "DATAPOINT_COUNT", "MAX", "MIN", "STDDEV", "SUM"))
"""Functions that make of a series a number, and of several series one."""
RESULTS: dict[str, Kind | None] = {
    **dict.fromkeys(("METRIC_COUNT", "PERIOD"), "scalar"),
    **dict.fromkeys(("DATE", "DAY", "EPOCH", "HOUR", "MINUTE", "MONTH", "YEAR"), "series"),
    **dict.fromkeys(("FIRST", "IF", "INSIGHT_RULE_METRIC", "LAST", "SERVICE_QUOTA"), "series"),
    "TIME_SERIES": "series",
    **dict.fromkeys(("ANOMALY_DETECTION_BAND", "METRICS", "REMOVE_EMPTY", "SEARCH"), "array"),
    "SORT": "array",
    **dict.fromkeys(("DB_PERF_INSIGHTS", "LAMBDA", "SLICE")),
}
"""What the other functions make; None where it depends on more than the kinds of the arguments."""
FUNCTIONS = frozenset((*ALIKE, *REDUCING, *RESULTS))
