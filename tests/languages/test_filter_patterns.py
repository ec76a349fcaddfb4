"""Filter patterns: what AWS documents is read, what is none is refused where it goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchspec.languages import Problem, parse_filter_pattern, parse_selector
from watchspec.model.filter_patterns import (
    Column,
    Columns,
    Comparison,
    Condition,
    FilterPattern,
    JsonPattern,
    Junction,
    Selector,
    StateTest,
    Value,
    Words,
    leaves_of,
    values_of,
)

DOCUMENTED = [
    # Samples of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
    "",
    '" "',
    "ERROR",
    "ERROR ARGUMENTS",
    "?ERROR ?ARGUMENTS",
    "?ERROR ?ARGUMENTS REQUEST",
    '"INTERNAL SERVER ERROR"',
    "ERROR -ARGUMENTS",
    '"ERROR" - "Exiting"',
    "%AUTHORIZED%",
    "%[Ee]rror|[Ff]ail%",
    r"%\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}%",
    "%^starting|^initializing|^shutting down%",
    "%abcc|ab[^c]$%",
    r"%\[.\]%",
    r"%\x3A%",
    r"%\x28%",
    '{ $.eventType = "UpdateTrail" }',
    "{ $.sourceIPAddress != 123.123.* }",
    '{ $.arrayKey[0] = "value" }',
    "{ $.eventType = %Trail% }",
    "{ $.arrayKey[*] = %val.{2}% }",
    r"{ $.* = %111\.111\.111\.1[0-9]{1,2}% }",
    "{ $.['cluster.name'] = \"c\" }",
    "{ $.SomeObject IS NULL }",
    "{ $.SomeOtherObject NOT EXISTS }",
    "{ $.errorCode = 400}",
    "{ $.number[0] = 1e+3 }",
    "{ $.number[0] != 1e-3 }",
    "{ $.latency = * }",
    '{ $.eventType = "*" && $.sourceIPAddress != 123.123.* }',
    '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }',
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
    r"[ip=%127\.0\.0\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]",
    "[..., request =*.html*, status_code = 4*, bytes]",
    "[..., request=*.html*, status_code=4*,]",
    "[ip, user, username, timestamp, request =*.html*, status_code = 404 || status_code = 410, bytes]",
    "[ip, user, username, timestamp, request, status_code = 4* && bytes > 1000]",
    "[w1=ERROR, w2]",
    "[w1=ERROR || w1=%WARN%, w2]",
    "[w1!=ERROR && w1!=WARNING, w2]",
    "[w1=!ERROR&&w1=!WARN, w2]",
    "[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, response_time]",
    "[]",
]


def show(tree: FilterPattern | Problem) -> str:
    """The pattern with every bracket written out, or the problem with its offset."""
    match tree:
        case Words():
            return " ".join(word.sign + show_value(word.value) for word in tree.words)
        case JsonPattern():
            return show_condition(tree.condition)
        case Columns():
            return ", ".join(map(show_column, tree.columns))
        case Problem():
            return f"{tree.offset}: {tree.message}"


def show_column(column: Column) -> str:
    condition = "" if column.condition is None else f": {show_condition(column.condition)}"
    return (column.name or "_") + condition


def show_condition(condition: Condition) -> str:
    match condition:
        case Comparison():
            value = show_value(condition.value)
            return f"{show_selector(condition.selector)} {condition.operator} {value}"
        case StateTest():
            return f"{show_selector(condition.selector)} {condition.state}"
        case Junction():
            return f"({f' {condition.operator} '.join(map(show_condition, condition.terms))})"


def show_selector(selector: Selector) -> str:
    return "/".join("*" if step is None else f"{step!r}" for step in selector.steps)


def show_value(value: Value) -> str:
    mark = "%" if value.is_regex else '"' if value.is_quoted else ""
    return f"{mark}{value.text}{mark}"


@pytest.mark.parametrize("text", DOCUMENTED)
def test_what_aws_gives_as_a_sample_is_read(text: str) -> None:
    assert not isinstance(parse_filter_pattern(text), Problem)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ERROR", "ERROR"),
        ('?a ?"b c" -d - "e"', '?a ?"b c" -d -"e"'),
        (r'"say \"no\" to \\"', r'"say "no" to \"'),
        ("?java.lang ?two-words größer", "?java.lang ?two-words größer"),
        ("%a b% c", "%a b% c"),
        ("{ $.a = 1 || $.b = 2 && $.c = 3 }", "('a' = 1 || ('b' = 2 && 'c' = 3))"),
        ("{ ($.a = 1 || $.b = 2) && $.c = 3 }", "(('a' = 1 || 'b' = 2) && 'c' = 3)"),
        ("{(($.a>=-1.5e3))}", "'a' >= -1.5e3"),
        ("{ $.a-b.c_d[0][1].*.e[*] = x }", "'a-b'/'c_d'/0/1/*/'e'/* = x"),
        ("{ $['a b'].c = 1 }", "'a b'/'c' = 1"),
        ("{ $.['*'] = 1 }", "'*' = 1"),
        ("{ $.a is null && $.b Is False }", "('a' NULL && 'b' FALSE)"),
        ("{ $.a NOT EXISTS }", "'a' MISSING"),
        ('{ $.a = "5" && $.b = % x% }', "('a' = \"5\" && 'b' = % x%)"),
        ("{ $.a = s3.amazonaws.com }", "'a' = s3.amazonaws.com"),
        ("{\n  $.a = 1 &&\n  $.b = 2\n}", "('a' = 1 && 'b' = 2)"),
        ("[a, ..., , b = 4* && b != 403]", "a, ..., _, b: ('b' = 4* && 'b' != 403)"),
        ("[w1=!ERROR, w2]", "w1: 'w1' != ERROR, w2"),
        ("[a = 1 || (a = 2), …]", "a: ('a' = 1 || 'a' = 2), ..."),
        ("[]", "_"),
    ],
)
def test_a_pattern_is_read_as_aws_reads_it(text: str, shown: str) -> None:
    assert show(parse_filter_pattern(text)) == shown


PROBLEMS = [
    ("-", "1: the pattern ends too early"),
    ('ERROR "no end', "6: the quotation mark is not closed"),
    ("%no end", '0: the regular expression is not closed by "%"'),
    ("[ERROR", '6: a pattern that begins with "[" ends with "]"'),
    ("{ $.a = 1", '9: a pattern that begins with "{" ends with "}"'),
    ("{ $.a = 1 } ERROR", '12: nothing can follow the "}" of a pattern'),
    ("[a, b] ERROR", '7: nothing can follow the "]" of a pattern'),
    ("ERROR { $.a = 1 }", '6: "{" can only stand in double quotes'),
    ("status: failed", '6: ":" can only stand in double quotes'),
    ("a && b", '2: "&" can only stand in double quotes'),
    ("(a)", '0: "(" can only stand in double quotes'),
    ("??a", '1: "?" can only stand in double quotes'),
    ("{}", "1: a condition is missing"),
    ("{ $.a = 1 && }", "13: a condition is missing"),
    ("{ $.a }", "6: the field is not compared with anything"),
    ("{ $.a = }", "8: nothing stands behind the comparison"),
    ("[a =, b]", "4: nothing stands behind the comparison"),
    ("{ ($.a = 1 }", '11: a "(" is not closed'),
    ("{ a = 1 }", '2: a field begins with "$.": $.status'),
    ('{ "a": [1] }', '2: a field begins with "$.": $.status'),
    ('{ $."a-b" = 1 }', "2: a field is written $.name, or $.['a name']"),
    ("{ $..a = 1 }", "2: a field is written $.name, or $.['a name']"),
    ("{ $.a[-1] = 1 }", "5: an item is written [0] or [*]"),
    (f"{{ $.a[{'9' * 5_000}] = 1 }}", "5: an item is written [0] or [*]"),
    ("{ $.a == 1 }", '7: CloudWatch compares with one "="'),
    ("{ $.a => 1 }", "7: the comparisons are =, !=, >, >=, < and <="),
    ("{ $.a like b }", "6: the comparisons are =, !=, >, >=, < and <="),
    ("{ $.a = 'b' }", "8: a text stands in double quotes, not in single ones"),
    ("{ $.a = $.b }", "8: a field is compared with a value, not with another field"),
    ("{ $.a = ü }", '8: "ü" can only stand in double quotes'),
    ("{ $.a = b c }", "10: a text of several words stands in double quotes"),
    ("{ $.a = 1 AND $.b = 2 }", '10: conditions are joined by "&&" or "||"'),
    ("{ $.a = 1 & $.b = 2 }", '10: conditions are joined by "&&" or "||"'),
    ("{ $.a = 1, $.b = 2 }", '9: conditions are joined by "&&" or "||"'),
    ("{ $.a = 1 $.b = 2 }", '10: conditions are joined by "&&" or "||"'),
    ("{ !($.a = 1) }", '2: conditions cannot be turned round by "!"; turn the comparison round'),
    ("{ $.a EXISTS }", '6: CloudWatch has NOT EXISTS, but no EXISTS: write "= *"'),
    ("{ $.a IS NOT NULL }", '9: CloudWatch has no IS NOT: write "!=", or NOT EXISTS'),
    ("{ $.a IS EMPTY }", "9: IS takes NULL, TRUE or FALSE"),
    ("[... a]", '5: columns are separated by ","'),
    ('["a"]', "1: a column has a name of letters, digits, underscores and dashes"),
    ("[a = 1 | a = 2]", '7: conditions are joined by "&&" or "||"'),
    ("[a = 1 ||]", '9: "]" is not possible here'),
    ("[a: b]", '2: ":" is not possible here'),
    ("%%", "1: the regular expression is empty"),
    ("%a(b)%", '2: regular expressions have no groups; write \\x28 for the character "("'),
    ("%a!%", '2: "!" is not possible in a regular expression; write \\x21'),
    ("%é%", '1: "é" is not possible in a regular expression, which is ASCII; write a dot'),
    ("{ $.a = %x[a% }", '10: the "[" of the regular expression is not closed by "]"'),
    ("[a = %*b%]", '6: the "*" of the regular expression has nothing to repeat'),
    (
        r"%a\%",
        r"2: a backslash stands before the character it takes away the meaning of, or as \xhh",
    ),
    (
        r"%\xg0%",
        r"1: a backslash stands before the character it takes away the meaning of, or as \xhh",
    ),
    (
        "{ " + "$.a = 1 && ($.b = 1 || (" * 40 + "$.c = 1" + "))" * 40 + " }",
        "0: the pattern is nested more than 64 levels deep",
    ),
]


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_what_is_no_pattern_is_refused_where_it_goes_wrong(text: str, problem: str) -> None:
    assert show(parse_filter_pattern(text)) == problem


def test_every_part_knows_where_it_begins() -> None:
    text = '{ $.first = "one" && ($.second[0] >= 2 || $.third = %three%) }'
    columns = "[a, ..., , bb = x]"

    pattern, other = parse_filter_pattern(text), parse_filter_pattern(columns)

    assert not isinstance(pattern, Problem)
    assert isinstance(other, Columns)
    for leaf in leaves_of(pattern):
        assert text.startswith(leaf.selector.text, leaf.selector.offset)
    assert [text[one.offset : one.offset + 5] for one in values_of(pattern)] == [
        '"one"',
        "2 || ",
        "%thre",
    ]
    assert [one.offset for one in other.columns] == [1, 4, 8, 11]


@pytest.mark.parametrize(
    ("value", "number"),
    [("5", 5.0), ('"5"', 5.0), ("-1.5e+3", -1500.0), ("+.5", 0.5), ("4*", None), ("%5%", None)],
)
def test_a_value_knows_whether_it_is_a_number(value: str, number: float | None) -> None:
    pattern = parse_filter_pattern(f"{{ $.a = {value} }}")

    assert not isinstance(pattern, Problem)
    assert [one.number for one in values_of(pattern)] == [number]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("$.a.b[0]", ("a", "b", 0)),
        ("$.['a.b'].*", ("a.b", None)),
        ("$status", ("status",)),
        ("$1", ("1",)),
        ("$", None),
        ("status", None),
        ("$.a b", None),
        ("$.a[x]", None),
    ],
)
def test_a_field_is_read_alone_too(text: str, steps: tuple[object, ...] | None) -> None:
    selector = parse_selector(text)

    assert (selector and selector.steps) == steps


PIECES = [
    *"ab1.+-*/^()[]{},'\"<>=!%\\ $?|&é…",
    "$.a",
    " && ",
    " || ",
    "...",
    " IS ",
    "NULL",
    "NOT EXISTS",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text())
def test_any_text_is_a_pattern_or_a_problem_in_it(text: str) -> None:
    pattern = parse_filter_pattern(text)

    if isinstance(pattern, Problem):
        assert 0 <= pattern.offset <= len(text)
        assert pattern.message
    else:
        assert all(0 <= one.offset < len(text) for one in values_of(pattern))


def test_long_patterns_are_read_without_recursion() -> None:
    pattern = parse_filter_pattern("{ " + " || ".join(["$.a = 1"] * 5_000) + " }")

    assert isinstance(pattern, JsonPattern)
    assert len(list(leaves_of(pattern))) == 5_000
