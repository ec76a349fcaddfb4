"""The functions of metric math.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["scalar", "series", "array", "text", "word"]
"""One number, one time series, several time series, a text in quotes, a word such as ASC."""

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

_ONE_OR_MORE = "series array"
_ANY = "scalar series array"


@dataclass(frozen=True, slots=True)
class Signature:
    """The kinds each argument may have, and how many arguments there are at least."""

    least: int
    kinds: tuple[str, ...]


SIGNATURES: dict[str, Signature] = {
    **dict.fromkeys(("ABS", "CEIL", "FLOOR", "LOG", "LOG10", *REDUCING), Signature(1, (_ANY,))),
    **dict.fromkeys(("DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM"), Signature(1, (_ONE_OR_MORE,))),
    **dict.fromkeys(("FIRST", "LAST", "METRIC_COUNT", "REMOVE_EMPTY"), Signature(1, ("array",))),
    **dict.fromkeys(
        ("DATE", "DAY", "EPOCH", "HOUR", "MINUTE", "MONTH", "YEAR"), Signature(1, (_ONE_OR_MORE,))
    ),
    **dict.fromkeys(("PERIOD", "SERVICE_QUOTA"), Signature(1, (_ONE_OR_MORE,))),
    "ANOMALY_DETECTION_BAND": Signature(1, ("series", "scalar")),
    "FILL": Signature(2, (_ONE_OR_MORE, "scalar series word")),
    "IF": Signature(2, (_ANY, _ANY, _ANY)),
    "INSIGHT_RULE_METRIC": Signature(2, ("text", "text word")),
    "METRICS": Signature(0, ("text",)),
    "SEARCH": Signature(2, ("text", "text", "scalar")),
    "SLICE": Signature(2, ("array", "scalar", "scalar")),
    "SORT": Signature(3, ("array", "word", "word", "scalar")),
    "TIME_SERIES": Signature(1, ("scalar",)),
}
"""The arguments of functions; DB_PERF_INSIGHTS and LAMBDA take what their sources want."""

WORDS: dict[tuple[str, int], tuple[str, ...]] = {
    ("FILL", 1): ("REPEAT", "LINEAR"),
    ("SORT", 1): ("AVG", "MIN", "MAX", "SUM"),
    ("SORT", 2): ("ASC", "DESC"),
}
"""The words an argument, counted from 0, may be; none where any may stand."""

UNSTABLE = frozenset(("DATAPOINT_COUNT", "REMOVE_EMPTY", "RUNNING_SUM"))
"""Functions AWS advises against in alarms, which see more data points than they judge.

So are those of REDUCING over one series.
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html (read 2026-11-24)
"""

WITHIN_ACCOUNT = frozenset(("ANOMALY_DETECTION_BAND", "INSIGHT_RULE_METRIC", "SERVICE_QUOTA"))
"""Functions that an alarm on metrics of another account cannot use.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html (read 2026-11-24)
"""
