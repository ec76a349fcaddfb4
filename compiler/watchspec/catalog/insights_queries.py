"""The commands and functions of Logs Insights queries.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html and the pages below it (read 2026-11-24)
"""

from __future__ import annotations

COMMANDS = frozenset(
    [
        "accum",
        "addtotals",
        "anomaly",
        "appendcols",
        "autoregress",
        "cidrlookup",
        "count_frequent",
        "countFrequent",
        "dedup",
        "diff",
        "display",
        "estimate",
        "expand",
        "fields",
        "filldown",
        "fillmissing",
        "filter",
        "filterIndex",
        "head",
        "join",
        "limit",
        "logcompare",
        "lookup",
        "order",
        "outlier",
        "parse",
        "pattern",
        "relevantfields",
        "search",
        "sessionize",
        "sort",
        "SOURCE",
        "stats",
        "tail",
        "unmask",
        "unnest",
        "where",
    ]
)
"""`head` and `tail` are older words for `limit`; `search` is one that no page explains."""
NOT_IN_INFREQUENT_ACCESS = frozenset(("diff", "filterindex", "pattern", "unmask"))
"""Commands that log groups of the class INFREQUENT_ACCESS do not have.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html (read 2026-11-24)
"""
MAX_STATS = {"STANDARD": 10, "INFREQUENT_ACCESS": 2}
"""The commands `stats` a query may have, by the class of its log groups.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html (read 2026-11-24)
"""
MAX_ROWS = 100_000
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html (read 2026-11-24)"""

AGGREGATES: dict[str, tuple[int, int] | None] = {
    **dict.fromkeys(
        ("avg", "earliest", "latest", "max", "median", "min", "sortsFirst", "sortsLast"), (1, 1)
    ),
    **dict.fromkeys(("stddev", "sum", "values", "variance"), (1, 1)),
    "count": (0, 1),
    "pct": (2, 2),
    "topk": (2, 2),
    **dict.fromkeys(
        ("collect_values", "count_distinct", "countDistinct", "countOverTime", "histogram"), None
    ),
    **dict.fromkeys(("rate", "sumOverTime"), None),
}
"""Functions of `stats`: the fewest and the most arguments, None where no page is sure of them.

`median` is on no page, but in many queries.
"""
_MANY = 1_000
FUNCTIONS: dict[str, tuple[int, int] | None] = {
    **AGGREGATES,
    **dict.fromkeys(("abs", "ceil", "floor", "log", "sqrt"), (1, 1)),
    **dict.fromkeys(("coalesce", "concat", "greatest", "least"), (1, _MANY)),
    **dict.fromkeys(("fromMillis", "toMillis", "isempty", "isblank", "ispresent"), (1, 1)),
    **dict.fromkeys(("jsonParse", "jsonStringify", "strlen", "tolower", "toupper"), (1, 1)),
    **dict.fromkeys(("isValidIp", "isValidIpV4", "isValidIpV6"), (1, 1)),
    **dict.fromkeys(("isIpInSubnet", "isIpv4InSubnet", "isIpv6InSubnet"), (2, 2)),
    **dict.fromkeys(("dateceil", "datefloor"), (2, 2)),
    **dict.fromkeys(("ltrim", "rtrim", "trim"), (1, 2)),
    **dict.fromkeys(("strcontains", "substr"), (2, 3)),
    "bin": (1, 2),  # bin(@timestamp, 1h) is on no page, but in public queries
    "now": (0, 0),
    "replace": (3, 3),
    **dict.fromkeys(
        [
            "base64decode",
            "base64encode",
            "case",
            "date_floor",
            "decToHex",
            "endsWith",
            "formatDate",
            "haversine",
            "hexToAscii",
            "hexToDec",
            "if",
            "ipv4ToNumber",
            "isNumeric",
            "isPrivateIP",
            "isPublicIP",
            "isReservedIP",
            "jsonArrayContains",
            "jsonArraySize",
            "md5",
            "messageSize",
            "parseDate",
            "queryEndTime",
            "queryStartTime",
            "queryTimeRange",
            "regexReplace",
            "round",
            "sha256",
            "split",
            "startsWith",
            "strftime",
            "toDouble",
            "toInt",
            "toLong",
            "toNumber",
            "unmask",
            "urldecode",
            "urlencode",
        ]
    ),
}
"""Every function, as above.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html (read 2026-11-24)
"""

PERIOD_UNITS = {
    "ms": ("ms", "msec", "millisecond"),
    "s": ("s", "sec", "second"),
    "m": ("m", "min", "minute"),
    "h": ("h", "hr", "hour"),
    "d": ("d", "day"),
    "w": ("w", "week"),
    "mo": ("mo", "mon", "month"),
    "q": ("q", "qtr", "quarter"),
    "y": ("y", "yr", "year"),
}
"""The units of a period; those of several letters may end in s."""
PERIOD_LIMITS = {"ms": 1_000, "s": 60, "m": 60, "h": 24}
"""The largest number that goes with a unit; a larger one is silently made that."""
LARGER_UNITS = {"ms": (1_000, "s"), "s": (60, "m"), "m": (60, "h"), "h": (24, "d")}
"""How many of a unit make one of the next."""

SYSTEM_FIELDS = frozenset(
    [
        "@message",
        "@timestamp",
        "@ingestionTime",
        "@logStream",
        "@log",
        "@entity",
        "@ptr",
        "@aws",
        "@source",
        "@data_source_name",
        "@data_source_type",
        "@data_format",
    ]
)
"""Fields that every line has; an alias or a service's own log may add others that begin with @.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html (read 2026-11-24)
"""


def unit_of(written: str) -> str:
    """The short form of a period's unit, or an empty string if there is no such unit."""
    for short, names in PERIOD_UNITS.items():
        plurals = [f"{name}s" for name in names if len(name) > 1]
        if written.lower() in {*names, *plurals}:
            return short
    return ""
