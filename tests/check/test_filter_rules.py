"""What is found in metric filters and the log groups they read: the message and what it marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error
from watchspec.diagnostics import Diagnostic, Severity

JSON = "{json: {status: integer, took: ms, level: string, ok: boolean, user: object, tags: array}}"


def find(metrics: str, folder: Path, line_format: str = "") -> list[Diagnostic]:
    """The findings in a log with these metric filters."""
    line_format = line_format and f"format: {line_format}, "
    text = f"logs: {{l: {{group: /l, retention: 3 days, {line_format}metrics: {{{metrics}}}}}}}\n"
    return list(compile_text(HEAD + text, folder).diagnostics)


def one_filter(pattern: str, settings: str = "") -> str:
    quoted = pattern.replace("'", "''")
    return f"m: {{pattern: '{quoted}'{settings and f', {settings}'}}}"


def show(found: list[Diagnostic]) -> list[tuple[str, str, str]]:
    return [(one.severity.word, one.message, marked_text(one)) for one in found]


# --- patterns that CloudWatch refuses

BAD = [
    ("{ $.level == error }", 'CloudWatch compares with one "="', "="),
    ("{ $.level = error", 'a pattern that begins with "{" ends with "}"', "'{ $.level = error'"),
    ("status: 5", '":" can only stand in double quotes', ":"),
    ("{ $.a > high }", '">" compares with a number, and "high" is none', "high"),
    ('[a, b <= "x y"]', '"<=" compares with a number, and "x y" is none', '"x y"'),
    ("[a >= 4*]", '">=" compares with a number, and "4*" is none', "4*"),
    ("{ $.a = %b(c)% }", "regular expressions have no groups", "("),
    (
        "{ $.a = %x% || $.b = %y% || $.c = %z% || $.d = %w% }",
        "a pattern has at most 2 regular expressions",
        "%z%",
    ),
    ("{ $.a[*].* = 1 }", '"$.a[*].*" has more than 1 wildcard', "$.a[*].*"),
    (
        "{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d.* = 1 }",
        "a pattern has at most 3 fields with a wildcard",
        "$.d.*",
    ),
]
DOUBTFUL = [
    ("[a, ..., b, ..., c = 1]", 'with a second "..." it is open', "..."),
    ("[a, b = 4* && c > 1000]", 'a condition on "c" stands in the column "b"', "c"),
    ("[ERROR]", '"[ERROR]" takes every line of one column, whatever stands in it', "ERROR"),
    (
        "?ERROR ?java.lang",
        '"java.lang" has characters that AWS wants in double quotes',
        "java.lang",
    ),
    ("time-out", '"time-out" has characters that AWS wants in double quotes', "time-out"),
]
FINE = [
    "ERROR",
    '"java.lang.Error: x"',
    "{ $.a > 5 && $.b <= -1e3 }",
    '{ $.a > "5" }',
    "{ $.a = %x% || $.b = %y% || $.c = z }",
    "{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 }",
    "%x% %y% %z%",
    "[a, ..., b = 4* && b != 403]",
    "[ERROR = x]",
    "[...]",
    "[]",
]


@pytest.mark.parametrize(("pattern", "message", "marked"), BAD)
def test_a_pattern_that_cloudwatch_refuses_is_an_error(
    pattern: str, message: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern), tmp_path)

    assert (found.rule, found.severity) == ("log/bad-pattern", Severity.ERROR)
    assert found.message.startswith(message)
    assert marked_text(found) == marked


@pytest.mark.parametrize(("pattern", "message", "marked"), DOUBTFUL)
def test_a_pattern_that_says_something_else_is_a_warning(
    pattern: str, message: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern), tmp_path)

    assert (found.rule, found.severity) == ("log/bad-pattern", Severity.WARNING)
    assert found.message.startswith(message)
    assert marked_text(found) == marked


@pytest.mark.parametrize("pattern", FINE)
def test_a_pattern_that_cloudwatch_takes_is_fine(pattern: str, tmp_path: Path) -> None:
    assert find(one_filter(pattern), tmp_path) == []


def test_where_columns_stand_is_open_between_two_gaps(tmp_path: Path) -> None:
    (found,) = find(one_filter("[..., b, ...]"), tmp_path, "{space_delimited: [a, b, c, d]}")

    assert found.rule == "log/bad-pattern"


def test_a_column_of_a_pattern_for_json_is_found_once(tmp_path: Path) -> None:
    (found,) = find(one_filter("{ $.status = * }", "value: $took"), tmp_path, JSON)

    assert found.rule == "log/unreadable-field"


def test_a_problem_has_its_exact_column(tmp_path: Path) -> None:
    text = "logs:\n  l:\n    group: /l\n    retention: never\n    metrics:\n"
    text += '      m: {pattern: "  { $.a = 1 AND $.b = 2 }"}\n'

    error = only_error(compile_text(HEAD + text, tmp_path), "log/bad-pattern")

    assert error.location is not None
    assert (error.location.line, error.location.column) == (10, 33)


def test_a_problem_in_a_block_has_its_exact_line_and_column(tmp_path: Path) -> None:
    text = "logs:\n  l:\n    group: /l\n    retention: never\n    metrics:\n      m:\n"
    text += "        pattern: |\n\n          { $.a = 1 &&  \n            $.b == 2 }\n"

    error = only_error(compile_text(HEAD + text, tmp_path), "log/bad-pattern")

    assert error.location is not None
    assert (error.location.line, error.location.column) == (14, 18)
    assert marked_text(error) == "="


def test_a_pattern_made_of_values_is_marked_as_a_whole(tmp_path: Path) -> None:
    text = HEAD + "values: {word: error}\n"
    text += (
        "logs: {l: {group: /l, retention: never, metrics: {m: {pattern: '{ $.a == ${word} }'}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "log/bad-pattern")

    assert marked_text(error) == "'{ $.a == ${word} }'"


def test_a_pattern_with_doubled_dollar_signs_is_marked_as_a_whole(tmp_path: Path) -> None:
    (found,) = find(one_filter("{ $.a == $${b} }"), tmp_path)

    assert marked_text(found) == "'{ $.a == $${b} }'"


def test_a_pattern_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    (found,) = find(one_filter("{" * 1_025), tmp_path)

    assert found.rule == "log/too-large"


def test_a_log_has_five_patterns_with_regular_expressions(tmp_path: Path) -> None:
    fine = ", ".join(f"m{number}: {{pattern: '%x{number}%'}}" for number in range(5))
    more = ", n: {pattern: x}, o: {pattern: '{ $.a = %y% }'}, p: {pattern: '%z%'}, q: {pattern: z}"

    assert find(fine, tmp_path) == []
    (found,) = find(fine + more, tmp_path)
    assert found.rule == "log/too-large"
    assert found.message == '"l" has more than 5 patterns with regular expressions'
    assert marked_text(found) == "'{ $.a = %y% }'"


# --- terms that are ignored


@pytest.mark.parametrize(
    ("pattern", "marked"),
    [("?ERROR payment ?FATAL", "?ERROR"), ('-x ?"a b"', '?"a b"'), ("? a b", "? a")],
)
def test_optional_terms_beside_others_are_ignored(
    pattern: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern), tmp_path)

    assert (found.rule, found.severity) == ("log/ignored-terms", Severity.WARNING)
    assert marked_text(found) == marked


@pytest.mark.parametrize("pattern", ["?a ?b", "a -b", "?a", '"?a" b'])
def test_terms_of_one_kind_are_fine(pattern: str, tmp_path: Path) -> None:
    assert find(one_filter(pattern), tmp_path) == []


# --- what the value and the dimensions are read from

UNREADABLE = [
    ("x", "dimensions: {A: $.a}", "error", "a pattern of words reads no fields, so", "dimensions"),
    ("x", "value: $.a", "warning", "a pattern of words reads no fields, so", "$.a"),
    ("{ $.a = * }", "value: $a", "warning", '"$a" is no field that the pattern reads', "$a"),
    ("{ $.a = * }", "dimensions: {A: a}", "warning", '"a" is no field that the pattern reads', "a"),
    ("[a, ...]", "value: $.a", "warning", '"$.a" is no field that the pattern reads', "$.a"),
    ("[host, ...]", "value: $hosts", "warning", 'the pattern names no column "hosts"', "$hosts"),
    ("[a, ...]", "dimensions: {B: $b}", "warning", 'the pattern names no column "b"', "$b"),
]
READABLE = [
    ("x", "value: 5"),
    ("{ $.a = * }", "value: '$.b.c[0]', dimensions: {A: \"$.['a.b']\"}"),
    ("[a, ..., b]", "value: $b, dimensions: {A: $a, Third: $3}"),
]


@pytest.mark.parametrize(("pattern", "settings", "severity", "message", "marked"), UNREADABLE)
def test_a_field_that_the_pattern_does_not_read_is_found(
    pattern: str, settings: str, severity: str, message: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern, settings), tmp_path)

    assert (found.rule, found.severity.word) == ("log/unreadable-field", severity)
    assert found.message.startswith(message)
    assert marked_text(found) == marked


@pytest.mark.parametrize(
    ("pattern", "written", "hint"),
    [
        ("{ $.a = * }", "$took", 'did you mean "$.took"?'),
        ("{ $.a = * }", "took", 'did you mean "$.took"?'),
        ("[took, ...]", "$.took", 'did you mean "$took"?'),
        ("{ $.a = * }", "a b", ""),
    ],
)
def test_the_other_way_to_write_a_field_is_suggested(
    pattern: str, written: str, hint: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern, f"dimensions: {{A: {written}}}"), tmp_path)

    assert (found.rule, found.hint) == ("log/unreadable-field", hint)


def test_a_column_of_a_similar_name_is_suggested(tmp_path: Path) -> None:
    (found,) = find(one_filter("[host, ...]", "value: $hosts"), tmp_path)

    assert found.hint == 'did you mean "host"?'


@pytest.mark.parametrize(("pattern", "settings"), READABLE)
def test_a_field_that_the_pattern_reads_is_fine(
    pattern: str, settings: str, tmp_path: Path
) -> None:
    assert find(one_filter(pattern, settings), tmp_path) == []


# --- types

WRONG = [
    ("{ $.status = failed }", "", '"status" is a number, and "failed" is none', "failed"),
    ('{ $.took != "slow" }', "", '"took" is a number, and "slow" is none', '"slow"'),
    ("{ $.level >= 500 }", "", '"level" is a text, and ">=" compares numbers', "500"),
    ("{ $.level IS TRUE }", "", '"level" is a text, which is neither true nor false', "$.level"),
    ("{ $.ok = true }", "", '"ok" is true or false, which no comparison meets', "true"),
    ("{ $.user = 5 }", "", '"user" is an object, which no comparison meets', "$.user"),
    ("{ $.tags != * }", "", '"tags" is an array, which no comparison meets', "$.tags"),
    ("{ $.tags IS FALSE }", "", '"tags" is an array, which is neither true nor false', "$.tags"),
    ("{ $.level.name = x }", "", '"level" is a text, which has no parts', "$.level.name"),
    ("{ $.status[0] = 5 }", "", '"status" is a number, which has no parts', "$.status[0]"),
    (
        "{ $.status = * }",
        "value: $.level",
        '"level" is a text, and the value of a metric is a number',
        "$.level",
    ),
]
RIGHT = [
    ('{ $.status = "500" && $.level = 5 && $.ok IS FALSE && $.took = * }', ""),
    ("{ $.status = %5..% && $.ok != * && $.level = err* }", ""),
    ("{ $.user IS NULL && $.tags NOT EXISTS && $.user.id = 5 && $.tags[0] = x }", ""),
    ("{ $.tags[*] > 5 && $.* = x }", "value: $.took"),
    ("{ $.status = * }", "value: '$.tags[0]'"),
]


@pytest.mark.parametrize(("pattern", "settings", "message", "marked"), WRONG)
def test_a_field_that_is_read_as_something_else_is_a_warning(
    pattern: str, settings: str, message: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern, settings), tmp_path, JSON)

    assert (found.rule, found.severity) == ("log/wrong-type", Severity.WARNING)
    assert found.message == message
    assert marked_text(found) == marked


@pytest.mark.parametrize(("pattern", "settings"), RIGHT)
def test_a_field_that_is_read_as_what_it_is_is_fine(
    pattern: str, settings: str, tmp_path: Path
) -> None:
    assert find(one_filter(pattern, settings), tmp_path, JSON) == []


def test_the_help_says_how_to_read_the_field(tmp_path: Path) -> None:
    (found,) = find(one_filter("{ $.ok = true }"), tmp_path, JSON)

    assert found.help == "write $.ok IS TRUE or $.ok IS FALSE"


# --- contradictions

CONTRADICTORY = [
    ("{ $.a > 5 && $.a < 3 }", 'no line has both "$.a > 5" and "$.a < 3"'),
    ("{ $.a < 5 && $.a >= 5 }", 'no line has both "$.a < 5" and "$.a >= 5"'),
    ("{ $.a > 5 && $.b = 1 && $.a <= 5 }", 'no line has both "$.a > 5" and "$.a <= 5"'),
    ('{ $.a = "x" && $.a = y }', 'no line has both "$.a = x" and "$.a = y"'),
    ("{ $.a = 1 && ($.b = 2 && $.a = 2) }", 'no line has both "$.a = 1" and "$.a = 2"'),
    ("{ $.a = 1 && $.a != 1.0 }", 'no line has both "$.a = 1" and "$.a != 1.0"'),
    ("{ $.a >= 500 && $.a = 200 }", 'no line has both "$.a >= 500" and "$.a = 200"'),
    ("{ $.a = x && $.a > 5 }", 'no line has both "$.a = x" and "$.a > 5"'),
    ("{ $.a IS NULL && $.a IS TRUE }", 'no line has both "$.a IS NULL" and "$.a IS TRUE"'),
    ("{ $.a NOT EXISTS && $.a = 1 }", 'no line has both "$.a NOT EXISTS" and "$.a = 1"'),
    ("{ $.a > 1 && $.a NOT EXISTS }", 'no line has both "$.a > 1" and "$.a NOT EXISTS"'),
    ("{ $.b = 1 || $.a = 1 && $.a = 2 }", 'no line has both "$.a = 1" and "$.a = 2"'),
    ("{ $.a != x || $.a != y }", 'every value meets "$.a != x" or "$.a != y"'),
    ("[w1 = ERROR && w1 = WARN, w2]", 'no line has both "w1 = ERROR" and "w1 = WARN"'),
    ("[w1 != ERROR || w1 != WARN, w2]", 'every value meets "w1 != ERROR" or "w1 != WARN"'),
]
POSSIBLE = [
    "{ $.a >= 400 && $.a < 500 }",
    "{ $.a >= 5 && $.a <= 5 }",
    "{ $.a < 3 || $.a > 5 }",
    "{ $.a > 3 && $.a > 5 }",
    "{ $.a = 1 && $.a < 5 && $.a != 2 }",
    "{ $.a = 1 && $.a = 1.0 }",
    "{ $.a = err* && $.a = *ror && $.a = error }",
    "{ $.a = %x% && $.a = y }",
    "{ $.a[*] = 1 && $.a[*] = 2 }",
    "{ $.a[0] = 1 && $.a[1] = 2 }",
    "{ $.a NOT EXISTS || $.a IS NULL }",
    "{ $.a NOT EXISTS && $.a != x }",
    "{ $.a IS NULL && $.a IS NULL }",
    "{ $.a IS TRUE && $.a = true }",
    "{ $.a = 1 || $.a = 2 || $.a != 3 }",
    "{ $.a != x && $.a != y }",
    "{ $.a != x* || $.a != y }",
    "{ $.a = 1 && ($.b = 1 || $.a = 1 && $.c = 2) }",
    "[a = 4* && a != 403, b != x]",
]


@pytest.mark.parametrize(("pattern", "message"), CONTRADICTORY)
def test_conditions_that_exclude_each_other_are_a_warning(
    pattern: str, message: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern), tmp_path)

    assert (found.rule, found.severity) == ("log/contradictory-pattern", Severity.WARNING)
    assert found.message == message
    assert marked_text(found) in {"$.a", "w1"}
    assert len(found.related) == 1


@pytest.mark.parametrize("pattern", POSSIBLE)
def test_conditions_that_can_be_met_are_fine(pattern: str, tmp_path: Path) -> None:
    assert find(one_filter(pattern), tmp_path) == []


@pytest.mark.parametrize(
    ("pattern", "marked"),
    [("ERROR -ERROR", "ERROR"), ('-ERR "an ERROR"', "ERR"), ("a b -c -b", "b")],
)
def test_a_term_that_is_wanted_and_left_out_is_a_warning(
    pattern: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter(pattern), tmp_path)

    assert (found.rule, found.severity) == ("log/contradictory-pattern", Severity.WARNING)
    assert marked_text(found) == marked


@pytest.mark.parametrize("pattern", ["ERROR -ERRORS", "ERROR -error", "-a -a", "%ERROR% -ERROR"])
def test_a_term_that_leaves_out_others_is_fine(pattern: str, tmp_path: Path) -> None:
    assert find(one_filter(pattern), tmp_path) == []


# --- the metric

BAD_METRICS = [
    ("name: 'a:b'", 'the name of a metric has no ":"', "'a:b'"),
    ("namespace: Shop/$$", 'the name of a namespace has no "$"', "Shop/$$"),
    ("value: '1-2'", '"1-2" is neither a number nor a field', "'1-2'"),
    ("value: '.'", '"." is neither a number nor a field', "'.'"),
    (
        "dimensions: {A: $.a, B: $.b}, properties: {EmitSystemFieldDimensions: ['@aws.account', '@aws.region']}",
        "the metric has 4 dimensions; 3 are the most",
        "[",
    ),
]
GOOD_METRICS = [
    "name: Errors of all, namespace: My Shop",
    "value: '-1.5'",
    "value: '.5'",
    "dimensions: {A: $.a}, properties: {EmitSystemFieldDimensions: ['@aws.account', '@aws.region']}",
    "properties: {ApplyOnTransformedLogs: true}",
]


@pytest.mark.parametrize(("settings", "message", "marked"), BAD_METRICS)
def test_a_metric_that_cloudwatch_refuses_is_an_error(
    settings: str, message: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(one_filter("{ $.c = 1 }", settings), tmp_path)

    assert (found.rule, found.severity) == ("log/bad-metric", Severity.ERROR)
    assert found.message == message
    assert marked_text(found) == marked


@pytest.mark.parametrize("settings", GOOD_METRICS)
def test_a_metric_that_cloudwatch_takes_is_fine(settings: str, tmp_path: Path) -> None:
    assert find(one_filter("{ $.c = 1 }", settings), tmp_path) == []


def test_the_namespace_of_the_spec_is_marked_where_it_stands(tmp_path: Path) -> None:
    text = "namespace: 'Shop:*'\nlogs: {l: {group: /l, retention: never, metrics: {m: {pattern: x}}}}\n"

    error = only_error(compile_text(HEAD + text, tmp_path), "log/bad-metric")

    assert marked_text(error) == "'Shop:*'"


# --- dimensions


@pytest.mark.parametrize(
    "field", ["$.request_id", "$.userId", "$.http.client-ip", "$.Timestamp", "$.took"]
)
def test_a_dimension_of_many_values_is_a_warning(field: str, tmp_path: Path) -> None:
    pattern = one_filter("{ $.a = 1 }", f"dimensions: {{A: {field}}}")
    types = "{json: {a: integer, request_id: string, userId: string, http: object, Timestamp: string, took: ms}}"

    (found,) = find(pattern, tmp_path, types)

    assert (found.rule, found.severity) == ("log/costly-dimension", Severity.WARNING)
    assert marked_text(found) == field
    assert "1,000 values in an hour" in found.help


def test_a_column_of_many_values_is_no_better(tmp_path: Path) -> None:
    (found,) = find(one_filter("[ip, ...]", "dimensions: {Address: $ip}"), tmp_path)

    assert found.message == 'almost every line has its own "ip", and each makes a metric'


@pytest.mark.parametrize("field", ["$.status", "$.page", "$.user.kind", "'$.tags[0]'"])
def test_a_dimension_of_few_values_is_fine(field: str, tmp_path: Path) -> None:
    pattern = one_filter("{ $.status = 1 }", f"dimensions: {{A: {field}}}")

    assert find(pattern, tmp_path) == []


# --- the same lines twice


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("{pattern: a b, name: X}", "{pattern: 'a  b', name: X, default: 0}", 1),
        ("{pattern: a, name: X}", "{pattern: b, name: X}", 0),
        ("{pattern: a, name: X}", "{pattern: a, name: Y}", 0),
        ("{pattern: a, name: X}", "{pattern: a, name: X, namespace: N}", 0),
        (
            "{pattern: '{ $.a = 1 }', name: X}",
            "{pattern: '{ $.a = 1 }', name: X, dimensions: {A: $.a}}",
            0,
        ),
    ],
)
def test_lines_counted_twice_into_one_metric_are_a_warning(
    first: str, second: str, found: int, tmp_path: Path
) -> None:
    said = find(f"f: {first}, s: {second}", tmp_path)

    assert [(one.rule, one.severity) for one in said] == [
        ("log/counted-twice", Severity.WARNING)
    ] * found


def test_the_same_pattern_of_two_logs_counts_different_lines(tmp_path: Path) -> None:
    log = "{group: /NAME, retention: 3 days, metrics: {NAME: {pattern: x, name: X}}}"
    text = f"logs: {{a: {log.replace('NAME', 'a')}, b: {log.replace('NAME', 'b')}}}\n"

    assert compile_text(HEAD + text, tmp_path).diagnostics == ()


# --- log groups


@pytest.mark.parametrize(
    ("query", "marked"),
    [("log: d", "d"), ("logs: [s, d]", "d"), ("log: s", ""), ("logs: [s, i]", "")],
)
def test_lines_that_are_handed_on_cannot_be_queried(
    query: str, marked: str, tmp_path: Path
) -> None:
    text = "logs:\n  d: {group: /d, class: delivery}\n  s: {group: /s, retention: 3 days}\n"
    text += "  i: {group: /i, class: infrequent_access, retention: 3 days}\n"
    text += f"queries: {{q: {{{query}, question: q, query: fields @message}}}}\n"

    found = errors(compile_text(HEAD + text, tmp_path))

    assert [(one.rule, marked_text(one)) for one in found] == [
        ("log/class-without-queries", marked)
    ] * bool(marked)


@pytest.mark.parametrize(("log_class", "is_error"), [("standard", 0), ("infrequent_access", 1)])
def test_only_logs_of_the_class_standard_have_field_indexes(
    log_class: str, is_error: int, tmp_path: Path
) -> None:
    text = f"logs: {{l: {{group: /l, retention: 3 days, class: {log_class}, "
    text += "properties: {FieldIndexPolicies: [{Fields: [a]}], DataProtectionPolicy: {Name: a}}}}\n"

    found = errors(compile_text(HEAD + text, tmp_path))

    assert [(one.rule, marked_text(one)) for one in found] == [
        ("log/class-without-indexes", "FieldIndexPolicies")
    ] * is_error


@pytest.mark.parametrize("key", ["alias/logs", "1234abcd-12ab-34cd-56ef-1234567890ab"])
def test_a_key_that_is_no_arn_is_an_error(key: str, tmp_path: Path) -> None:
    text = f"logs: {{l: {{group: /l, retention: 3 days, kms_key: {key}}}}}\n"

    error = only_error(compile_text(HEAD + text, tmp_path), "log/unusable-key")

    assert marked_text(error) == key


@pytest.mark.parametrize(
    "key", ["'arn:aws:kms:eu-west-1:111122223333:key/1'", "create", "'${key}'"]
)
def test_a_key_that_is_an_arn_or_not_known_yet_is_fine(key: str, tmp_path: Path) -> None:
    text = f"logs: {{l: {{group: /l, retention: 3 days, kms_key: {key}}}}}\n"
    text += "parameters: {key: {description: k}}\n" if "$" in key else ""

    assert not errors(compile_text(HEAD + text, tmp_path))
