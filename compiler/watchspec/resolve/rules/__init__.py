"""The findings of this room, each with its page, sorted by what they are about."""

from watchspec.resolve.rules.alarms import (
    BAD_BAND,
    BAD_RULE,
    BAD_WINDOW,
    NO_DATA_OF_ITS_OWN,
    ONLY_FOR_COMPOSITE,
    OTHER_PARTITION,
    UNKNOWN_ALARM,
    UNKNOWN_LEVEL,
    WRONG_PLACE,
)
from watchspec.resolve.rules.alarms import RULES as ALARMS
from watchspec.resolve.rules.dashboards import (
    BAD_ANNOTATION,
    BAD_VARIABLE,
    NOTHING_SHOWN,
    ROW_TOO_WIDE,
    TOO_MUCH,
    TWO_QUERIES,
)
from watchspec.resolve.rules.dashboards import RULES as DASHBOARDS
from watchspec.resolve.rules.logs import (
    BAD_LANGUAGE,
    BAD_RETENTION,
    NO_EFFECT,
    PROTECTED_DELETION,
    UNKNOWN_LOG,
    UNKNOWN_QUERY,
)
from watchspec.resolve.rules.logs import RULES as LOGS
from watchspec.resolve.rules.metrics import (
    BAD_EXPRESSION,
    BAD_PERIOD,
    METRIC_CYCLE,
    MIXED_REGIONS,
    NAMED_TWICE,
    NOT_ONE_METRIC,
    UNKNOWN_FUNCTION,
    UNKNOWN_METRIC,
)
from watchspec.resolve.rules.metrics import RULES as METRICS
from watchspec.resolve.rules.quantities import BAD_QUANTITY, UNKNOWN_UNIT, WRONG_KIND
from watchspec.resolve.rules.quantities import RULES as QUANTITIES
from watchspec.resolve.rules.references import (
    BAD_NAME,
    BAD_PARAMETER,
    BAD_PATTERN,
    DYNAMIC_REFERENCE,
    INTRINSIC,
    NOT_AT_COMPILE_TIME,
    UNKNOWN_PARAMETER,
    UNKNOWN_REGION,
)
from watchspec.resolve.rules.references import RULES as REFERENCES
from watchspec.resolve.rules.routes import (
    BAD_ENDPOINT,
    NO_TARGET,
    NO_TOPIC_FOR_EVENT,
    NO_TOPIC_IN_REGION,
    TCP_ASKS,
    UNKNOWN_ROUTE,
    UNKNOWN_VARIABLE,
)
from watchspec.resolve.rules.routes import RULES as ROUTES
from watchspec.resolve.rules.tests import (
    BAD_SERIES,
    BAD_TIME,
    EXPECTED_TWICE,
    FED_TWICE,
    NEVER_TRUE,
    NO_MATCH,
    NOT_FED,
    UNREAD_SERIES,
)
from watchspec.resolve.rules.tests import RULES as TESTS

RULES = (*QUANTITIES, *REFERENCES, *METRICS, *ALARMS, *ROUTES, *LOGS, *DASHBOARDS, *TESTS)

__all__ = [
    "BAD_ANNOTATION",
    "BAD_BAND",
    "BAD_ENDPOINT",
    "BAD_EXPRESSION",
    "BAD_LANGUAGE",
    "BAD_NAME",
    "BAD_PARAMETER",
    "BAD_PATTERN",
    "BAD_PERIOD",
    "BAD_QUANTITY",
    "BAD_RETENTION",
    "BAD_RULE",
    "BAD_SERIES",
    "BAD_TIME",
    "BAD_VARIABLE",
    "BAD_WINDOW",
    "DYNAMIC_REFERENCE",
    "EXPECTED_TWICE",
    "FED_TWICE",
    "INTRINSIC",
    "METRIC_CYCLE",
    "MIXED_REGIONS",
    "NAMED_TWICE",
    "NEVER_TRUE",
    "NOTHING_SHOWN",
    "NOT_AT_COMPILE_TIME",
    "NOT_FED",
    "NOT_ONE_METRIC",
    "NO_DATA_OF_ITS_OWN",
    "NO_EFFECT",
    "NO_MATCH",
    "NO_TARGET",
    "NO_TOPIC_FOR_EVENT",
    "NO_TOPIC_IN_REGION",
    "ONLY_FOR_COMPOSITE",
    "OTHER_PARTITION",
    "PROTECTED_DELETION",
    "ROW_TOO_WIDE",
    "RULES",
    "TCP_ASKS",
    "TOO_MUCH",
    "TWO_QUERIES",
    "UNKNOWN_ALARM",
    "UNKNOWN_FUNCTION",
    "UNKNOWN_LEVEL",
    "UNKNOWN_LOG",
    "UNKNOWN_METRIC",
    "UNKNOWN_PARAMETER",
    "UNKNOWN_QUERY",
    "UNKNOWN_REGION",
    "UNKNOWN_ROUTE",
    "UNKNOWN_UNIT",
    "UNKNOWN_VARIABLE",
    "UNREAD_SERIES",
    "WRONG_KIND",
    "WRONG_PLACE",
]
