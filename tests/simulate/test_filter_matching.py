r"""Which lines a filter pattern matches: AWS's own examples, and what it leaves open.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from watchspec.languages import Problem, parse_filter_pattern, parse_selector
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.filter_matching import Line, find_values, match_line
from watchspec.simulate.options import Options

LINES = {
    400: "[ERROR 400] BAD REQUEST",
    401: "[ERROR 401] UNAUTHORIZED REQUEST",
    419: "[ERROR 419] MISSING ARGUMENTS",
    420: "[ERROR 420] INVALID ARGUMENTS",
    500: "[ERROR 500] INTERNAL SERVER ERROR",
    200: "[SUCCESS 200] AUTHORIZED REQUEST",
    1: "[INFO] REQUEST FAILED",
    2: "[WARN] UNAUTHORIZED REQUEST",
}
TRAIL = (
    '{"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111", "arrayKey": ["value", '
    '"another value"], "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}], '
    '"SomeObject": null, "cluster.name": "c"}'
)
USERS = (
    '{"user": {"id": 1, "email": "John.Stiles@example.com"}, "users": [{"id": 2, "email": '
    '"John.Doe@example.com"}, {"id": 3, "email": "Jane.Doe@example.com"}], "actions": ["GET", "PUT", '
    '"DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]]}'
)
ACCESS = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'
SERVICE = {
    "get": "INFO 09/25/2014 12:00:00 GET /service/resource/67 1200",
    "post": "INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310",
    "warning": "WARNING 09/25/2014 12:00:02 Invalid user request",
    "error": "ERROR 09/25/2014 12:00:02 Failed to process request",
}
DEFAULT = Options()


def fields_of(pattern: str, line: str, options: Options = DEFAULT) -> Mapping[str, Any] | None:
    tree = parse_filter_pattern(pattern)
    assert not isinstance(tree, Problem), tree
    return match_line(tree, Line(line), options)


def matches(pattern: str, line: str, options: Options = DEFAULT) -> bool:
    return fields_of(pattern, line, options) is not None


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("ERROR", {400, 401, 419, 420, 500}),
        ("ERROR ARGUMENTS", {419, 420}),
        ("?ERROR ?ARGUMENTS", {400, 401, 419, 420, 500}),
        ("?ERROR ?ARGUMENTS REQUEST", {400, 401, 200, 1, 2}),
        ('"INTERNAL SERVER ERROR"', {500}),
        ("ERROR -ARGUMENTS", {400, 401, 500}),
        ("-ERROR", {200, 1, 2}),
        ("?ERROR -ARGUMENTS", {400, 401, 500, 200, 1, 2}),
        ('" "', set(LINES)),
        ("", set(LINES)),
        ("%AUTHORIZED%", {401, 200, 2}),
        ("?%^.INFO% ?%ERROR$%", {1, 500}),
        ("error", set()),
    ],
)
def test_words(pattern: str, matched: set[int]) -> None:
    assert {key for key, line in LINES.items() if matches(pattern, line)} == matched


def test_a_blank_phrase_is_in_every_line() -> None:
    assert matches('" "', "word")
    assert matches('" "', "")


def test_a_word_is_found_within_another() -> None:
    """Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html (read 2026-11-24)"""
    assert matches("Exception", "com.example.InvalidQueryException: no such table")


@pytest.mark.parametrize(
    ("pattern", "is_matched"),
    [
        ('{ $.eventType = "UpdateTrail" }', True),
        ("{ $.sourceIPAddress != 123.123.* }", True),
        ("{ $.sourceIPAddress != 111.111.* }", False),
        ('{ $.arrayKey[0] = "value" }', True),
        ('{ $.arrayKey[1] = "value" }', False),
        ('{ $.arrayKey[2] = "value" }', False),
        ("{ $.eventType = %Trail% }", True),
        ("{ $.eventType != %Trail% }", False),
        ("{ $.arrayKey[*] = %val.{2}% }", True),
        (r"{ $.* = %111\.111\.111\.1[0-9]{1,2}% }", True),
        ("{ $.['cluster.name'] = \"c\" }", True),
        ('{ $.cluster.name = "c" }', False),
        ("{ $.SomeObject IS NULL }", True),
        ("{ $.eventType IS NULL }", False),
        ("{ $.SomeOtherObject IS NULL }", False),
        ("{ $.SomeOtherObject NOT EXISTS }", True),
        ("{ $.SomeObject NOT EXISTS }", False),
        ("{ $.objectList[1].id NOT EXISTS }", False),
        ("{ $.objectList[2].id NOT EXISTS }", True),
        ("{ $.objectList[*].id = 2 }", True),
        ("{ $.objectList[*].id = 3 }", False),
        ('{ $.arrayKey = "value" }', False),
        ('{ $.arrayKey != "value" }', False),
        ("{ $.objectList[0] != 1 }", False),
        ("{ $.objectList = * }", False),
        ("{ $.SomeObject = * }", False),
        ('{ $.eventType = "*" }', True),
        ('{ $.eventType = "Update*" }', True),
        ('{ $.eventType = "*Trail" }', True),
        ('{ $.eventType = "*dateT*" }', True),
        ('{ $.eventType = "Update*Trail" }', False),
        ("{ $.eventType = updatetrail }", False),
        ("{ $.eventType.name = a }", False),
        ("{ $.arrayKey.name = a }", False),
        ("{ $.eventType > 1 }", False),
        ('{ $.eventType = "UpdateTrail" && $.SomeObject IS TRUE }', False),
        ('{ $.eventType = "UpdateTrail" || $.SomeObject IS TRUE }', True),
    ],
)
def test_fields_of_a_json_line(pattern: str, is_matched: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(pattern, TRAIL) is is_matched


@pytest.mark.parametrize(
    ("pattern", "is_matched"),
    [
        ('{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', True),
        (
            (
                '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch"'
                ' && $.actions[2] = "nonmatch" }'
            ),
            True,
        ),
        (
            (
                '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch")'
                ' && $.actions[2] = "nonmatch" }'
            ),
            False,
        ),
        (
            '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }',
            False,
        ),
        ("{ $.coordinates[1][2] = 6 }", True),
    ],
)
def test_joined_conditions(pattern: str, is_matched: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(pattern, USERS) is is_matched


@pytest.mark.parametrize(
    ("condition", "value", "is_matched"),
    [
        ("> 75", "80", True),
        ("> 75", "75", False),
        ("< 50", "49.5", True),
        (">= 60", "60", True),
        ("<= 5", "5", True),
        ("<= 5", "5.1", False),
        ("= 400", "400", True),
        ("= 400", "400.0", True),
        ("= 4*", "404", True),
        ("= 4*", "504", False),
        ("= *", "0", True),
        ("!= 500", "400", True),
        ("!= 500", "500", False),
        ("= 1e+3", "1000", True),
        ("!= 1e-3", "0.001", False),
        ("= -5", "-5", True),
        ("= 1e3", "1000000000000000000000", False),
        ("> 5", '"6"', False),
        ("= 6", '"6"', True),
        ("= 6", '"6.0"', False),
        ("> many", "6", False),
        ("= many", "6", False),
        ("!= many", "6", True),
        ("= true", "true", False),
        ("!= true", "true", False),
        ("= *", "true", False),
        ("IS TRUE", "true", True),
        ("IS TRUE", '"true"', False),
        ("IS TRUE", "1", False),
        ("IS FALSE", "false", True),
        ("IS NULL", "false", False),
        ("= %^4[0-9]{2}$%", "404", True),
        ("> %4%", "404", False),
    ],
)
def test_values_of_json(condition: str, value: str, is_matched: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(f"{{ $.x {condition} }}", f'{{"x": {value}}}') is is_matched


def test_what_a_missing_field_differs_from_can_be_chosen() -> None:
    assert not matches("{ $.y != 1 }", '{"x": 1}')
    assert matches("{ $.y != 1 }", '{"x": 1}', Options(missing_field_differs=True))
    assert not matches("{ $.y = 1 }", '{"x": 1}', Options(missing_field_differs=True))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "eventType=UpdateTrail",
        '2026-01-01 {"x": 1}',
        '{"x": 1} {"x": 1}',
        '[{"x": 1}]',
        '"x"',
        "1",
        "null",
        '{"x": NaN}',
        '{"x": Infinity}',
        '{"x": 01}',
        '{"x": 1',
        "{'x': 1}",
        '{"x": "\n"}',
        '{"x":' * 100_000,
        "[" * 1_000_000,
        '{"x": ' + "[" * 5_000 + "]" * 5_000 + "}",
        '{"x": "' + "a" * 10_000_000 + '"}',
        "\ud800",
    ],
    ids=lambda line: repr(line[:12]),
)
def test_what_is_no_json_object_matches_no_fields(line: str) -> None:
    assert not matches("{ $.y NOT EXISTS }", line)


@pytest.mark.parametrize(
    "digits",
    ["9" * 900_000, "1e999999999", "-" + "9" * 900_000 + ".5"],
    ids=["whole", "exponent", "fraction"],
)
def test_a_number_beyond_all_others_is_one(digits: str) -> None:
    assert matches("{ $.x = * && $.x != 1 }", f'{{"x": {digits}}}')


@pytest.mark.parametrize(
    ("pattern", "is_matched"),
    [
        (
            (
                r"[ip=%127\.0\.0\.[1-9]%, user, username, timestamp, request =*.html*, "
                "status_code = 4*, bytes]"
            ),
            True,
        ),
        ("[..., request =*.html*, status_code = 4*, bytes]", True),
        (
            (
                "[ip, user, username, timestamp, request =*.html*, status_code = 404 || "
                "status_code = 410, bytes]"
            ),
            True,
        ),
        ("[ip, server, username, timestamp, request, status_code, bytes > 1000]", True),
        ("[ip, server, username, timestamp, request, status_code, bytes > 2000]", False),
        ("[ip, server, username, timestamp, request, status_code, bytes <= 1534.0]", True),
        ("[..., status_code >= 400 && status_code < 500, bytes]", True),
        ("[..., status_code >= 500 && status_code < 600, bytes]", False),
        ('[..., request = "GET /index.html HTTP/1.0", status_code, bytes]', True),
        ("[..., user = Prod, username, timestamp, request, status_code, bytes]", True),
        ("[ip = 127.0.0.1, ...]", True),
        ("[ip, ..., bytes = 1534]", True),
        ("[ip, user, username, timestamp, request, status_code, bytes, ...]", True),
        ("[ip, user, username, timestamp, request, status_code, bytes, more, ...]", False),
        ("[ip, user, username, timestamp, request, status_code, bytes, more]", False),
        ("[, user = Prod, , , , , ]", True),
        ("[user > 1, ...]", False),
        ("[user != 1, ...]", True),
        ("[]", True),
    ],
)
def test_columns_of_a_space_delimited_line(pattern: str, is_matched: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(pattern, ACCESS) is is_matched


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("[w1=ERROR, w2]", {"error"}),
        ("[w1=ERROR || w1=WARNING, w2]", {"error", "warning"}),
        ("[w1!=ERROR && w1!=WARNING, w2]", {"get", "post"}),
        ("[w1=ERROR]", set()),
        ("[w1=ERROR, ...]", {"error"}),
        (
            "[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]",
            {"get"},
        ),
        (
            (
                "[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, "
                "response_time]"
            ),
            {"post"},
        ),
        ("[w1, w2, w3, w4, w5, w6, w7]", {"error"}),
    ],
)
def test_words_in_order(pattern: str, matched: set[str]) -> None:
    assert {key for key, line in SERVICE.items() if matches(pattern, line)} == matched


def test_that_words_fill_all_columns_can_be_chosen() -> None:
    exact = Options(surplus_words="no match")

    assert not matches("[w1=ERROR, w2]", SERVICE["error"], exact)
    assert matches("[w1=ERROR, w2]", "ERROR once", exact)
    assert matches("[w1=ERROR, ...]", SERVICE["error"], exact)


def test_two_ellipses_are_not_understood() -> None:
    with pytest.raises(UnsupportedError):
        matches("[..., a=1, ...]", "1 1 1")


@pytest.mark.parametrize(
    ("pattern", "selector", "value"),
    [
        ("[..., size]", "$size", "1534"),
        ("[..., size]", "$1", "127.0.0.1"),
        ("[..., size]", "$4", "10/Oct/2000:13:25:15 -0700"),
        ("[]", "$5", "GET /index.html HTTP/1.0"),
        ("[]", "$7", "1534"),
        ("[ip, rest]", "$rest", ACCESS[10:]),
        ("[ip, rest]", "$2", "Prod"),
    ],
)
def test_columns_are_read_by_name_and_by_number(pattern: str, selector: str, value: str) -> None:
    """Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html (read 2026-11-24)"""
    fields, parsed = fields_of(pattern, ACCESS), parse_selector(selector)
    assert fields is not None
    assert parsed is not None

    assert list(find_values(fields, parsed)) == [value]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('a "b c" d', ("a", "b c", "d")),
        ("a [b c] d", ("a", "b c", "d")),
        ('  a\tb\n"" ', ("a", "b", "")),
        ('a "b c', ("a", '"b', "c")),
        ("[a [b [c", ("[a", "[b", "[c")),
        ('x[1] "a"b', ("x[1]", "a", "b")),
    ],
)
def test_words_of_a_line(line: str, words: tuple[str, ...]) -> None:
    assert tuple(word for _, word in Line(line).words) == words


@pytest.mark.parametrize(
    "line",
    ['" ' * 250_000 + '"', "[ " * 250_000, "a " * 250_000],
    ids=["quotation marks", "brackets", "words"],
)
def test_long_lines_are_split_too(line: str) -> None:
    assert matches("[..., last]", line)
