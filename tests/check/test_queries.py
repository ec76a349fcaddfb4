"""Queries that CloudWatch refuses, and those that silently answer another question."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from support import HEAD, check_text
from watchspec.diagnostics import Diagnostic

JSON = (
    "format: {json: {level: string, status: integer, is_slow: boolean, user.id: string,"
    " request: object, x-y: number}}"
)


def find(query: str, folder: Path, log: str = "", more: str = "question: Why?") -> list[Diagnostic]:
    """What is said of a saved query; `log` is more about its log, `more` about itself."""
    head = f"{HEAD}logs: {{app: {{group: /a, retention: 30 days, {log}}}}}\n"
    text = f"{head}queries:\n  one:\n    log: app\n    {more}\n    query: |\n"
    return check_text(text + indent(query, "      "), folder)


def describe(found: list[Diagnostic]) -> list[str]:
    """The findings: line and column in the query, severity, rule and message."""
    lines = []
    for one in found:
        assert one.location is not None
        where = f"{one.location.line - 10}:{one.location.column - 6}"
        lines.append(f"{where} {one.severity.word} {one.rule}: {one.message}")
    return lines


def case(query: str, *said: str, log: str = "") -> tuple[str, str, tuple[str, ...]]:
    return query, log, said


REFUSED = [
    case("filtr a = 1", '1:1 error query/unknown-command: there is no command "filtr"'),
    case("timechart a", '1:1 warning query/unknown-command: there is no command "timechart"'),
    case(
        "fields a\n| stats cuont(*)",
        '2:9 error query/unknown-function: there is no function "cuont"',
    ),
    case("stats average(a)", '1:7 warning query/unknown-function: there is no function "average"'),
    case("stats mean(a)", '1:7 warning query/unknown-function: there is no function "mean"'),
    case("fields frob(a)", '1:8 warning query/unknown-function: there is no function "frob"'),
    case("stats pct(a)", '1:7 error query/wrong-arguments: "pct" takes 2 arguments, not 1'),
    case("filter ispresent()", '1:8 error query/wrong-arguments: "ispresent" takes 1 argument, not 0'),
    case("fields substr(a)", '1:8 error query/wrong-arguments: "substr" takes 2 to 3 arguments, not 1'),
    case(
        "fields concat()", '1:8 error query/wrong-arguments: "concat" takes 1 or more arguments, not 0'
    ),
    case(
        "fields a\n| SOURCE 'b'",
        "2:3 error query/misplaced-command: SOURCE stands behind another command",
    ),
    case(
        "estimate | limit 1",
        '1:12 error query/misplaced-command: "limit" stands behind estimate',
    ),
    case("dedup a | sort b", '1:11 error query/misplaced-command: "sort" stands behind dedup'),
    case(
        "stats max(a) as b by c\n| limit 5\n| stats max(b)",
        '2:3 error query/misplaced-command: "limit" stands before a further stats',
    ),
    case(
        "parse '* *' as a",
        "1:7 error query/parse-cannot-match: the pattern has 2 stars for 1 name",
    ),
    case(
        "parse x '*'", "1:9 error query/parse-cannot-match: the pattern has 1 star for 0 names"
    ),
    case(
        "filter a like /(b/", '1:16 error query/unsupported-regex: nothing closes this "("'
    ),
    case(
        "parse /(?<a>b))/", '1:15 error query/unsupported-regex: nothing opens this ")"'
    ),
    case(
        "filter a like /x[b/", '1:17 error query/unsupported-regex: nothing closes this "["'
    ),
    case(
        "stats max(a) as b by c | stats max(d)",
        '1:36 error query/dropped-field: "d" is gone: the stats before does not keep it',
    ),
    case(
        "stats max(a) as b by c | stats max(b) by bin(5m)",
        "1:42 error query/dropped-field: bin needs @timestamp, which the stats before does not keep",
    ),
    case(
        "fields a | unmask(b)",
        '1:12 error query/beyond-class: log groups of the class infrequent_access have no "unmask"',
        log="class: infrequent_access",
    ),
    case(
        "stats max(a) as a | stats max(a) as a | stats max(a)",
        "1:41 error query/beyond-class: a query of the class infrequent_access has 2 stats at most",
        log="class: infrequent_access",
    ),
    case(
        "|".join(["stats max(a) as a"] * 11),
        "1:181 error query/beyond-class: a query of the class standard has 10 stats at most",
    ),
]  # fmt: skip
MISUNDERSTOOD = [
    case(
        "stats count(*) by bin(300s)",
        '1:23 warning query/misread-period: "300s" is read as 60s, the most of this unit',
    ),
    case("fields bin(5x)", '1:12 warning query/misread-period: "5x" has no unit of a period'),
    case(
        "fields datefloor(@timestamp, '5m')",
        '1:30 warning query/misread-period: "datefloor" takes a period, a number with a unit',
    ),
    case(
        "filter a like '%b%'",
        '1:15 warning query/literal-wildcard: "%" stands for itself in "%b%"',
    ),
    case(
        "filter a not like 'b*' and c like 'd.*e'",
        '1:19 warning query/literal-wildcard: "*" stands for itself in "b*"',
        '1:35 warning query/literal-wildcard: ".*" stands for itself in "d.*e"',
    ),
    case(
        "filter a like 'b%'",
        '1:15 warning query/literal-wildcard: "%" stands for itself in "b%"',
    ),
    case(
        "filter a like /b(?=c)/",
        "1:17 warning query/unsupported-regex: CloudWatch does not look ahead or behind",
    ),
    case(
        r"filter a like /(b)\1/",
        r'1:19 warning query/unsupported-regex: "\1" refers to a group, which CloudWatch does not do',
    ),
    case(
        "parse /a(b)/",
        "1:7 warning query/parse-cannot-match: the regular expression has no named group",
    ),
    case(
        "parse a 'b' as c", "1:9 warning query/parse-cannot-match: the pattern has no star"
    ),
    case(
        "parse '* [*] *' as a, b, c",
        "1:7 warning query/parse-cannot-match: the pattern splits a line at its spaces, but the"
        " lines of this log are JSON",
        log=JSON,
    ),
    case(
        "sort a | filter b = 1 | stats max(a)",
        "1:1 warning query/pointless-step: the order is lost: stats makes rows of its own",
    ),
    case(
        "sort a | sort b",
        "1:1 warning query/pointless-step: the order is lost: a later sort makes another",
    ),
    case(
        "limit 5 | stats count(*)",
        "1:1 warning query/pointless-step: the stats behind it sees no more lines than this",
    ),
    case("limit 0", "1:1 warning query/pointless-step: a limit of 0 shows nothing"),
    case(
        "limit 100001",
        "1:1 warning query/pointless-step: a query gives 100,000 rows at most",
    ),
    case(
        "display a | fields c | display b",
        "1:1 warning query/pointless-step: the later display decides what is shown",
    ),
    case(
        "fields a, b as c | stats count(*) as a, max(b) as c",
        '1:38 warning query/shadowed-alias: "a" is the name of a field that the query lists before',
        '1:51 warning query/shadowed-alias: "c" is the name of a field that the query lists before',
    ),
    case(
        "fields a as b | fields c as b",
        '1:29 warning query/shadowed-alias: "b" is the name of a field that the query lists before',
    ),
    case(
        "stats count() by a | sort count desc",
        '1:27 warning query/dropped-field: "count" is gone: the stats before does not keep it',
    ),
    case(
        "stats count(*) by bin(5m) | sort @timestamp",
        '1:34 warning query/dropped-field: "@timestamp" is gone: the stats before does not keep it',
    ),
    case(
        "filter Level = 'x' or user.name = 'y'",
        '1:8 warning query/unknown-field: the lines of app have no field "Level"',
        '1:23 warning query/unknown-field: the lines of app have no field "user.name"',
        log=JSON,
    ),
    case(
        "filter @mesage like /x/",
        '1:8 warning query/unknown-field: no line has a field "@mesage"',
        log=JSON,
    ),
    case(
        "filter @logstream like /x/",
        '1:8 warning query/unknown-field: no line has a field "@logstream"',
        log="format: {space_delimited: [a, b]}",
    ),
    case(
        "filter x-y > 1", '1:8 warning query/unknown-field: "x-y" is read as a subtraction', log=JSON
    ),
    case(
        "filter level = 'x'",
        '1:8 warning query/unknown-field: the lines of app have no field "level"',
        log="format: {text: free text}",
    ),
    case(
        "filter status = '5xx' or is_slow in ['yes', 'true']",
        '1:17 warning query/never-equal: "status" is a number: it never equals "5xx"',
        '1:38 warning query/never-equal: "is_slow" is true or false: it never equals "yes"',
        log=JSON,
    ),
    case(
        "filter a = '{{b}}'",
        '1:13 warning query/unknown-parameter: the query has no parameter "b"',
    ),
]  # fmt: skip
FINE = [
    case("fields @timestamp, @message | sort @timestamp desc | limit 20"),
    case("SOURCE 'a' | SOURCE 'b' | filter a = 1 | estimate"),
    case("sort a desc | dedup b | limit 100000"),
    case("sort a | limit 5 | stats count(*)",
         "1:10 warning query/pointless-step: the stats behind it sees no more lines than this"),
    case("sort a | accum b | stats max(a)"),
    case("limit {{n}}", '1:7 warning query/unknown-parameter: the query has no parameter "n"'),
    case("stats count(*) by bin(60s), datefloor(@timestamp, 2hrs), bin(1Mon)"),
    case("stats count(*) as n by bin(90d)"),
    case("fields bin(@timestamp, 1h) as t"),
    case("stats max(a) as b by c | stats max(b) as d by c | sort d, max(b)"),
    case("stats max(a)/2 as b, b * 2 as c by bin(5m) | sort b, max(a)/2, bin(5m), `bin(5m)`"),
    case("stats max(@timestamp) as @t by a | stats count(*) by datefloor(@t, 5m)"),
    case("stats count(*), max(@timestamp) as @timestamp by bin(5m) | stats count(*) by bin(10m)"),
    case("stats max(a) by b | fields b as c | filter c = 1 | display c"),
    case("stats max(a) as b | accum c | sort d | unknownfields e",
         '1:40 warning query/unknown-command: there is no command "unknownfields"'),
    case("stats max(a) as b | pattern b | sort @sampleCount"),
    case("fields a, a as b, c | stats count(*) as d, max(c) as e by a as a"),
    case("parse /(?P<a>x)/ | parse b '*' as a | parse c /x/ multi"),
    case(r"parse 'a \* *' as b | parse '{{c}}' as d | parse {{e}} as f",
         '1:30 warning query/unknown-parameter: the query has no parameter "c"',
         '1:50 warning query/unknown-parameter: the query has no parameter "e"'),
    case(r"filter a like /[(]\)\[(?i)(?:b)[^\])]/ and c =~ /[]]/ and d like /[[:alpha:]]/"),
    case("filter a like '100%' or a like '** b' or a like '%' or a like 'a%b' or a = '%b%'"),
    case("filter a like /{{b/"),
    case("filter level = 'x' and user.id = 'y' and user.id.0 = 1 and user = 2 and request.a[0].b = 1"
         " and `x-y` > 1 and @message like /a/ and @entity.x = 1 and @requestId = 'z' and @@x = 1", log=JSON),
    case("fields level as a | parse @message /(?<b>x) (?<c>y)/ | parse '*' as d | unnest request into e"
         " | filter a = b and @c = d and e.f = 1 and concat(a, status) = 'x'", log=JSON),
    case("fields status + 1 as status | filter status = 'x'", log=JSON),
    case("filter status = '500' and status != 404 and status < 'x' and level = 'x' and request = 'y'",
         log=JSON),
    case("filter status = '{{a}}'", '1:18 warning query/unknown-parameter: the query has no parameter "a"',
         log=JSON),
    case("lookup t a OUTPUT b | filter b = 1 and x = 2", log=JSON),
    case("filter @logStream like /a/", log="format: {space_delimited: [a, b]}"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "log", "said"), REFUSED)
def test_what_cloudwatch_refuses_is_an_error(
    query: str, log: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    assert describe(find(query, tmp_path, log)) == list(said)


@pytest.mark.parametrize(("query", "log", "said"), MISUNDERSTOOD)
def test_what_says_something_else_than_it_seems_is_a_warning(
    query: str, log: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    assert describe(find(query, tmp_path, log)) == list(said)


@pytest.mark.parametrize(("query", "log", "said"), FINE)
def test_what_may_be_meant_is_left_alone(
    query: str, log: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    assert describe(find(query, tmp_path, log)) == list(said)


HINTS = {
    "filtr a = 1": ('did you mean "filter"?', ""),
    "timechart a": ("", "begin with a command such as filter, fields or stats"),
    "stats cuont(*)": ('did you mean "count"?', ""),
    "stats average(a)": ('did you mean "avg"?', ""),
    "stats count() as total by a | sort totl": ('did you mean "total"?', ""),
    "stats count() by a | sort b_c": ("", "name what it keeps (a, count()), or add it there"),
    "fields bin(300s)": ("", "write 5m"),
    "fields bin(90m)": ("", "write 1h or 2h"),
    "fields bin(100s)": ("", "write 1m or 2m"),
    "fields bin(7200s)": ("", "write 2h"),
    "fields bin(86400s)": ("", "write 1d"),
    "fields bin(1500msecs)": ("", "write 1s or 2s"),
    "fields bin(48hours)": ("", "write 2d"),
    "fields bin(36h)": ("", "write 1d or 2d"),
    "filter a like '%b%'": ("", 'leave it out, like finds a text anywhere:  like "b"'),
    "fields a\nsort b": ("", "put a | before each command but the first"),
    "filter a = 'b": ("", "close the quote, and write a quote inside it with a backslash"),
    "filter a = \u201cb\u201d": ("", "write straight quotes: \" or '"),
    "stats count() as a-b": (
        "",
        "write a name with other characters than letters, digits, _ and . in backticks: `a-b`",
    ),
    "fields a | | limit 1": ("", "write a command between two |"),
    "limit ten": ("", ""),
}


@pytest.mark.parametrize("query", HINTS)
def test_a_finding_says_what_to_write_instead(query: str, tmp_path: Path) -> None:
    (found,) = find(query, tmp_path)

    assert (found.hint, found.help) == HINTS[query]


def test_parameters_may_stand_for_anything(tmp_path: Path) -> None:
    more = "question: Why?\n    parameters: {a: {}, b: {}}"

    assert find("filter a = {{a}} {{b}}", tmp_path, more=more) == []
    assert find("{{a}}", tmp_path, more=more) == []
    assert describe(find("fields a b {{a}}", tmp_path, more=more)) == [
        '2:10 error query/bad-syntax: "b" is not possible here'  # a line of parameters comes first
    ]
    assert describe(find("filter {{ a }} = {{c}}", tmp_path, more=more)) == [
        '2:18 warning query/unknown-parameter: the query has no parameter "c"'
    ]


@pytest.mark.parametrize("language", ["SQL", "PPL"])
def test_queries_in_other_languages_are_not_read(language: str, tmp_path: Path) -> None:
    text = f"{HEAD}queries: {{one: {{question: Why?, language: {language}, query: select x y}}}}\n"

    assert check_text(text, tmp_path) == []


def test_a_query_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    (found,) = find("fields " + "a " * 5_000, tmp_path)

    assert found.rule == "log/too-large"


def test_logs_with_several_formats_have_the_fields_of_all(tmp_path: Path) -> None:
    logs = "group: /{0}, retention: 30 days, format: {{json: {{{1}}}}}"
    text = f"""\
{HEAD}logs:
  a: {{{logs.format("a", "x: string, z: integer")}}}
  b: {{{logs.format("b", "y: string, z: string")}}}
queries:
  one:
    logs: [a, b]
    question: Why?
    query: filter x = 'a' and y = 'b' and z = 'c' and w = 1
"""

    (found,) = check_text(text, tmp_path)

    assert found.rule == "query/unknown-field"
    assert found.message == 'the lines of a, b have no field "w"'


WIDGET = """\
logs: {app: {group: /a, retention: 30 days}}
queries: {saved: {log: app, question: Why?, query: %s}}
dashboards:
  main:
    rows:
      - {logs: [app], view: %s, insights: "%s"}
"""
NO_STATS = "the query has no stats, and there is nothing to draw"
NO_TIME = "the query does not group by time, which lines need"


@pytest.mark.parametrize(
    ("view", "query", "said"),
    [
        ("table", "fields a", ""),
        ("line", "fields a", NO_STATS),
        ("stacked", "stats count(*) by a", NO_TIME),
        ("line", "stats count(*) by bin(5m) | stats count(*)", NO_TIME),
        ("line", "stats count(*) by bin(5m), a", ""),
        ("line", "fields datefloor(@timestamp, 1h) as t | stats count(*) by t", ""),
        ("line", "frobnicate", 'there is no command "frobnicate"'),
        ("line", "anomaly", ""),
        ("line", "SOURCE 'x' | fields a", NO_STATS),
        ("bar", "fields a", NO_STATS),
        ("pie", "stats count(*) by a", ""),
        ("line", "fields", "the query ends too early"),
        ("line", "| stats count(*) by bin(5m)", "the query of a widget begins with a command, not with |"),
        ("table", "filter a = {{b}}", 'the query has no parameter "b"'),
    ],
)  # fmt: skip
def test_a_widget_is_told_what_its_query_cannot_draw(
    view: str, query: str, said: str, tmp_path: Path
) -> None:
    found = check_text(HEAD + WIDGET % ("limit 1", view, query), tmp_path)

    assert [one.message for one in found] == ([said] if said else [])


def test_a_saved_query_is_judged_where_it_stands_and_its_widget_for_its_view(
    tmp_path: Path,
) -> None:
    text = WIDGET.replace('logs: [app], view: %s, insights: "%s"', "query: saved, view: %s")

    found = check_text(HEAD + text % ("'stats max(a, b) by c'", "line"), tmp_path)

    assert [(one.rule, one.location and one.location.line) for one in found] == [
        ("query/wrong-arguments", 6),
        ("query/no-time-series", 10),
    ]
