"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

TOO_MANY_FIRES = Rule(
    "backtest/too-many-fires",
    """
An alarm would have gone off more often than `--max-fires` allows.

Why: a threshold that is crossed every night teaches people to look away. Sweep over thresholds and durations
with `--sweep`, and take one that tells of incidents and of nothing else.
""",
)
FLAPPING = Rule(
    "backtest/flapping",
    """
An alarm would have changed its state more than four times in an hour.

Why: each change may be a mail, and nobody can tell from the last one how things are. A longer duration, or
M of N data points, rides over short peaks.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
""",
)
TOO_MANY_PAGES = Rule(
    "backtest/too-many-pages",
    """
The critical alarms of a service would have paged somebody more than twice in twelve hours.

Why: a page is followed by looking, mending and writing it down. Two in a shift are what that leaves time for.

Source: https://sre.google/sre-book/being-on-call/ (read 2026-11-24)
""",
)
NOTHING_JUDGED = Rule(
    "backtest/nothing-judged",
    """
The data cannot judge a single alarm of the environment.

Why: a backtest that looks at nothing would pass whatever happens.

Help: name the columns of the data as the metrics of the spec are named, or by what they are in CloudWatch.
""",
)
COARSE_DATA = Rule(
    "backtest/coarse-data",
    """
The data points of a metric are further apart than the period of an alarm on it.

Why: CloudWatch keeps data points of a minute for 15 days, of five minutes for 63 days and of an hour for 455
days. Data fetched later has gaps that the alarm took for missing data, but never saw. If the metric is
published that rarely, the alarm does see them.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (read 2026-11-24)
""",
)

RULES = (TOO_MANY_FIRES, FLAPPING, TOO_MANY_PAGES, NOTHING_JUDGED, COARSE_DATA)
