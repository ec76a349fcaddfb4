"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

UNREADABLE = Rule(
    "data/unreadable",
    """
A data file cannot be read.

Why: a directory, a pipe, a missing file or a damaged archive holds no history to judge by.

Help: check the path and the permissions.
""",
)
TOO_LARGE = Rule(
    "data/too-large",
    """
A data file is larger than anybody has a use for, or unpacks to that.

Why: a file of some kilobytes can unpack to terabytes, and a line without end fills any memory. 200 million
values in a CSV file, 256 MiB of JSON and 1 GiB unpacked are the most.

Help: give fewer days or fewer metrics at once.
""",
)
NOT_TEXT = Rule(
    "data/not-text",
    """
A data file is neither UTF-8 nor UTF-16.

Why: CSV and JSON are text; gzip may be around it.

Help: save it as UTF-8.
""",
)
NO_DATA = Rule(
    "data/no-data",
    """
A data file is empty, or holds a header and no values.

Why: an alarm that was judged by nothing would look as if it had stayed quiet.
""",
)
BAD_HEADER = Rule(
    "data/bad-header",
    """
The first line of a CSV file does not say what its columns are.

Why: each column is a metric, and one holds the times: `time,ecs_cpu,redis_hit_rate.hits`. A file with a
value a row has the columns `time`, `metric` and `value`; `statistic`, `unit` and `namespace` may follow,
and any other column is a dimension.
""",
)
BAD_ROW = Rule(
    "data/bad-row",
    """
A row of a CSV file has more or fewer fields than the header.

Why: a field that slipped to the left would be taken for the value of another metric. A metric without a data
point has an empty field.
""",
)
BAD_TIME = Rule(
    "data/bad-time",
    """
A time in a data file cannot be read, or lies before 2000 or after 2100.

Why: times are ISO 8601 (`2026-11-24T09:30:00Z`; without a zone they are UTC), or seconds or milliseconds
since 1970. The 60th second of a leap second is the first of the next minute.
""",
)
BAD_NUMBER = Rule(
    "data/bad-number",
    """
A value in a data file is not a number that a metric can have.

Why: CloudWatch takes numbers between -2^360 and 2^360, and neither infinity nor text. An empty field or `NaN`
is no data point.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (read 2026-11-24)
""",
)
BAD_JSON = Rule(
    "data/bad-json",
    """
A JSON file is not what `aws cloudwatch get-metric-data` or `get-metric-statistics` prints.

Why: these two carry values of metrics; several answers may follow each other in one file.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (read 2026-11-24)
""",
)
INCOMPLETE = Rule(
    "data/incomplete",
    """
An answer of CloudWatch says that there is more than it holds.

Why: what is missing looks like a time without data, which alarms may take for the worst. `PartialData` and
`NextToken` mean that further pages follow; the AWS CLI fetches them by itself unless it is told otherwise.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html (read 2026-11-24)
""",
)
CONFLICTING_VALUES = Rule(
    "data/conflicting-values",
    """
A metric has two different values at the same time.

Why: CloudWatch has one value for each period and statistic. The last of them counts; the same value twice is
no finding. Values that were sent, several at one time, have the statistic `raw`.
""",
)
UNKNOWN_COLUMN = Rule(
    "data/unknown-column",
    """
A column of a data file belongs to no metric of the spec.

Why: a misspelt name would leave its alarm without data. A column is called as the metric is in the spec
(`ecs_cpu`, `hit_rate.hits` for an input of an expression), or by what it is in CloudWatch
(`AWS/ECS CPUUtilization{ClusterName=main,ServiceName=api}`).
""",
)
WRONG_UNIT = Rule(
    "data/wrong-unit",
    """
The values of a data file are in a unit that cannot be converted to that of the metric.

Why: bytes are no seconds, and a percentage is no count. Units of one kind are converted.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (read 2026-11-24)
""",
)
TWO_METRICS = Rule(
    "data/two-metrics",
    """
A column of a data file could be one of several metrics of the spec.

Why: metrics in two Regions or accounts have the same name. Write ` in eu-west-1` behind it.
""",
)

BAD_INCIDENT = Rule(
    "data/bad-incident",
    """
A known incident cannot be read, ends before it begins, or names an alarm that is not there.

Why: alarms are judged by the incidents they were to tell of. A CSV file has the columns `start`, `end`,
and if you like `name` and `alarms` (several are separated by spaces); a YAML file has a list of them under
`incidents`. An incident that names no alarms is one that any alarm may tell of.
""",
)

RULES = (
    UNREADABLE,
    TOO_LARGE,
    NOT_TEXT,
    NO_DATA,
    BAD_HEADER,
    BAD_ROW,
    BAD_TIME,
    BAD_NUMBER,
    BAD_JSON,
    INCOMPLETE,
    CONFLICTING_VALUES,
    UNKNOWN_COLUMN,
    WRONG_UNIT,
    TWO_METRICS,
    BAD_INCIDENT,
)
