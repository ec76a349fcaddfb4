"""Findings about tests."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import HEAD, write_page

_HEAD = (
    HEAD
    + """notify:
  warning: {email: [ops@example.com]}
metrics:
  cpu: {metric: Shop Cpu, unit: Percent, levels: {warning: '> 70%'}}
alarms:
  hot: {severity: warning, when: {metric: cpu, level: warning, for: 3m}}
"""
)
_TEST = "tests:\n  warns after three hot minutes:\n    "


def _write(text: str, bad: str, good: str) -> str:
    return write_page(text, _TEST + bad, _TEST + good, head=_HEAD)


_HOT = "expect: [{alarm: hot, becomes: ALARM, at: 8m}]"

BAD_SERIES = Rule(
    "test/bad-series",
    _write(
        """
The values of a series cannot be understood.

Why: each stretch is a shape, then x and how many values it has: `50x5` is five times 50, `_x5` five
values that are missing, `0+10x5` is 0 10 20 30 40, `20..80x4` is 20 40 60 80. promtool makes six values
of `0+10x5`; here the number is the number of values.
""",
        f"series: {{cpu: 50*5 85x3}}\n    {_HOT}",
        f"series: {{cpu: 50x5 85x3}}\n    {_HOT}",
    ),
)

NOT_FED = Rule(
    "test/made-of-others",
    write_page(
        """
A test gives values to something that is made of other metrics.

Why: CloudWatch works it out of these, and so does the test.
""",
        """tests:
  warns when it is busy:
    series: {busy: 200x3}
    expect: [{alarm: busy, becomes: ALARM, at: 1m}]""",
        """tests:
  warns when it is busy:
    series: {cpu: 100x3}
    expect: [{alarm: busy, becomes: ALARM, at: 1m}]""",
        head=HEAD
        + """metrics:
  cpu: {metric: Shop Cpu}
  busy: {expression: 2 * cpu}
alarms:
  busy: {severity: info, notify: [], when: {metric: busy, above: 150}}
""",
    ),
)

FED_TWICE = Rule(
    "test/fed-twice",
    _write(
        """
A test gives values to one metric twice, by two names or by values and log lines.

Why: nobody can say which of them count.
""",
        f"series: {{cpu: 50x5 85x3, Shop Cpu: 20x8}}\n    {_HOT}",
        f"series: {{cpu: 50x5 85x3}}\n    {_HOT}",
    ),
)

UNREAD_SERIES = Rule(
    "test/unread-series",
    _write(
        """
A test gives values to a metric that nothing reads of which something is expected.

Why: the test would say the same without it, so it does not test what it seems to.
""",
        f"series: {{cpu: 50x5 85x3, Shop Disk: 100x8}}\n    {_HOT}",
        f"series: {{cpu: 50x5 85x3}}\n    {_HOT}",
    ),
)

NO_MATCH = Rule(
    "test/no-match",
    _write(
        """
A pattern of alarms fits none.

Why: a test that is about nothing succeeds whatever happens.
""",
        "series: {cpu: 50x8}\n    expect: [{alarm: 'hott*', never: ALARM}]",
        "series: {cpu: 50x8}\n    expect: [{alarm: 'hot*', never: ALARM}]",
    ),
)

BAD_TIME = Rule(
    "test/bad-time",
    _write(
        """
A time of a test is after its end, before its beginning, or not known.

Why: nothing happens after the end, and a test whose length nobody knows cannot be run.
""",
        "series: {cpu: 85x5}\n    for: 5m\n    expect: [{alarm: hot, becomes: ALARM, at: 8m}]",
        "series: {cpu: 85x8}\n    for: 8m\n    expect: [{alarm: hot, becomes: ALARM, at: 3m}]",
    ),
)

NEVER_TRUE = Rule(
    "test/never-true",
    _write(
        """
What a test expects cannot happen.

Why: an alarm tells only its own routes, and a state has one of three names.
""",
        "series: {cpu: 85x5}\n    expect: [{alarm: hot, is: HOT, at: 5m}]",
        "series: {cpu: 85x5}\n    expect: [{alarm: hot, is: ALARM, at: 5m}]",
    ),
)

EXPECTED_TWICE = Rule(
    "test/expected-twice",
    _write(
        """
A test expects the same twice.

Why: the second time it says nothing new, so something else was meant.
""",
        "series: {cpu: 85x5}\n    expect: [{alarm: hot, is: ALARM}, {alarm: hot, is: ALARM}]",
        "series: {cpu: 85x5}\n    expect: [{alarm: hot, is: ALARM}, {alarm: hot, never: OK}]",
    ),
)

RULES = (
    BAD_SERIES,
    NOT_FED,
    FED_TWICE,
    UNREAD_SERIES,
    NO_MATCH,
    BAD_TIME,
    NEVER_TRUE,
    EXPECTED_TWICE,
)
