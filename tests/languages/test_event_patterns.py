from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text

EVENT = (
    HEAD
    + "notify: {info: {email: [a@example.com]}}\n"
    + "events: {it: {severity: info, pattern: {source: [shop], "
)


def refused(pattern: str, folder: Path) -> list[tuple[str, str, str, str]]:
    """What is refused of a pattern: severity, message, what stands under the caret, what to do."""
    found = compile_text(f"{EVENT}{pattern}}}}}}}\n", folder).diagnostics
    assert {one.rule for one in found} <= {"event/bad-pattern"}, found
    return [
        (one.severity.word, one.message, marked_text(one), one.hint or one.help) for one in found
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "detail: {a: [x, 5, 1.5, true, null]}",
        "detail: {a: [x, {prefix: y}, {anything-but: z}]}",
        "detail: {a: [{prefix: ''}]}",
        "detail: {a: [{prefix: {equals-ignore-case: x}}, {suffix: {equals-ignore-case: x}}]}",
        "detail: {a: [{suffix: .png}, {equals-ignore-case: x}]}",
        r"detail: {a: [{wildcard: '*/a*b/*'}, {wildcard: 'C:\\x\*'}]}",
        "detail: {a: [{anything-but: [x, y]}, {anything-but: 5}, {anything-but: [1, 2]}]}",
        "detail: {a: [{anything-but: {prefix: x}}, {anything-but: {suffix: [x, y]}}]}",
        "detail: {a: [{anything-but: {wildcard: '*x'}}, {anything-but: {wildcard: ['*x', y]}}]}",
        "detail: {a: [{anything-but: {equals-ignore-case: ['', x]}}]}",
        "detail: {a: [{numeric: ['=', 5]}, {numeric: ['>', 0, '<=', 5e9]}, {numeric: ['<', -1.5]}]}",
        "detail: {a: [{exists: true}], b: [{exists: false}]}",
        "detail: {a: [{cidr: 10.0.0.0/24}, {cidr: '2001:db8::/32'}]}",
        "$or: [{detail: {a: [x]}}, {detail: {$or: [{b: [x]}, {c: [y]}]}}]",
        "detail.a: [x]",
    ],
)
def test_what_eventbridge_takes_is_taken(pattern: str, tmp_path: Path) -> None:
    assert refused(pattern.replace("5e9", "5000000000"), tmp_path) == []


@pytest.mark.parametrize(
    ("pattern", "message", "marked", "advice"),
    [
        ("detail: {a: x}", 'the values of "a" must stand in a list', "x", "write [x]"),
        (
            "detail: {a: {prefix: x}}",
            'the values of "prefix" must stand in a list',
            "x",
            "write  a: [{prefix: x}]",
        ),
        ("detail: {a: true}", 'the values of "a" must stand in a list', "true", "write [true]"),
        ("detail: {a: null}", 'the values of "a" must stand in a list', "null", ""),
        (
            "detail: {a: []}",
            '"a" has an empty list, which EventBridge refuses',
            "[",
            "name a value, or remove the field",
        ),
        ("detail: {}", "an empty mapping is no pattern", "{", "name a field, or remove it"),
        (
            "detail: {a: [[x]]}",
            "a list in a list is no value",
            "[",
            "write its items in the outer list",
        ),
        (
            "detail: {a: [{prefix: x, suffix: y}]}",
            "a comparison has one operator; this has 2",
            "{",
            "write each in a mapping of its own",
        ),
        (
            "detail: {a: [{sufix: x}]}",
            '"sufix" is not an operator of event patterns',
            "sufix",
            'did you mean "suffix"?',
        ),
        (
            "detail: {a: [{regexp: x}]}",
            '"regexp" is not an operator of event patterns',
            "regexp",
            "one of: anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix, wildcard",
        ),
        ("detail: {a: [{prefix: 5}]}", "this must be a text", "5", "put it in quotes"),
        (
            "detail: {a: [{prefix: {wildcard: x}}]}",
            '"wildcard" is not possible here',
            "wildcard",
            "one of: equals-ignore-case",
        ),
        ("detail: {a: [{suffix: {}}]}", "a comparison has one operator; this has 0", "{", ""),
        ("detail: {a: [{equals-ignore-case: [x]}]}", "this must be a text", "[", "put it in quotes"),
        ("detail: {a: [{wildcard: 5}]}", "this must be a text", "5", "put it in quotes"),
        (
            "detail: {a: [{wildcard: a*b**c}]}",
            "a wildcard cannot have two stars in a row",
            "**",
            "write one star",
        ),
        (
            r"detail: {a: [{wildcard: 'C:\temp\*'}]}",
            "a backslash in a wildcard stands before a star or a backslash",
            "\\",
            r"write \\ for a backslash",
        ),
        ("detail: {a: [{exists: yes}]}", "exists takes true or false", "yes", ""),
        (
            "detail: {a: [{cidr: 10.0.0/24}]}",
            "this is not a range of addresses",
            "10.0.0/24",
            "such as 10.0.0.0/24",
        ),
        (
            "detail: {a: [{cidr: 10.0.0.1}]}",
            "this is not a range of addresses",
            "10.0.0.1",
            "such as 10.0.0.0/24",
        ),
        (
            "detail: {a: [{numeric: ['>']}]}",
            "numeric takes a comparison and a number, or two of them for a range",
            "[",
            'such as [">", 0, "<=", 5]',
        ),
        (
            "detail: {a: [{numeric: ['>', 1, '<', 5, '<', 6]}]}",
            "numeric takes a comparison and a number, or two of them for a range",
            "[",
            'such as [">", 0, "<=", 5]',
        ),
        (
            "detail: {a: [{numeric: ['>', '5']}]}",
            "numeric compares with a number",
            "'5'",
            "write it as a number",
        ),
        (
            "detail: {a: [{numeric: ['!=', 5]}]}",
            '"!=" is not a comparison',
            "'!='",
            "one of: =, <, <=, >, >=",
        ),
        (
            "detail: {a: [{numeric: ['<', 5, '>', 1]}]}",
            "a range goes from the lower end (> or >=) to the upper end (< or <=)",
            "'<'",
            "",
        ),
        (
            "detail: {a: [{numeric: ['>=', 5, '<', 5]}]}",
            "the range is empty: it ends at 5 and begins at 5",
            "5",
            "",
        ),
        ("detail: {a: [{anything-but: true}]}", "anything-but takes texts or numbers", "true", ""),
        ("detail: {a: [{anything-but: [null]}]}", "anything-but takes texts or numbers", "null", ""),
        (
            "detail: {a: [{anything-but: [x, 5]}]}",
            "anything-but takes a list of texts or one of numbers",
            "[",
            "",
        ),
        (
            "detail: {a: [{anything-but: []}]}",
            "anything-but takes a list of texts or one of numbers",
            "[",
            "name a value",
        ),
        (
            "detail: {a: [{anything-but: {prefix: ''}}]}",
            "every text begins and ends with an empty text",
            "''",
            "",
        ),
        (
            "detail: {a: [{anything-but: {suffix: []}}]}",
            "an empty list names nothing",
            "[",
            "name a value",
        ),
        ("detail: {a: [{anything-but: {suffix: [5]}}]}", "this must be a text", "5", "put it in quotes"),
        (
            "detail: {a: [{anything-but: {cidr: 10.0.0.0/8}}]}",
            '"cidr" is not possible here',
            "cidr",
            "one of: equals-ignore-case, prefix, suffix, wildcard",
        ),
        (
            "$or: [{detail: {a: [x]}}]",
            "$or takes a list of at least two mappings",
            "[",
            "write the fields without $or, or add an alternative",
        ),
        (
            "$or: {detail: {a: [x]}}",
            "$or takes a list of at least two mappings",
            "{",
            "write the fields without $or, or add an alternative",
        ),
        (
            "$or: [{detail: {a: [x]}}, x]",
            "an alternative of $or must be a mapping of fields",
            "x",
            "",
        ),
    ],
)  # fmt: skip
def test_what_eventbridge_refuses_is_found_at_the_value(
    pattern: str, message: str, marked: str, advice: str, tmp_path: Path
) -> None:
    found = refused(pattern, tmp_path)

    assert [one[:2] for one in found] == [("error", message)]
    assert found[0][2].startswith(marked)
    assert found[0][3] == advice


def test_of_a_number_beyond_what_is_documented_one_is_only_warned(tmp_path: Path) -> None:
    found = refused("detail: {a: [{numeric: ['>', 5000000001]}]}", tmp_path)

    assert found == [
        ("warning", "numbers are compared from -5,000,000,000 to 5,000,000,000", "5000000001", "")
    ]


@pytest.mark.parametrize(
    "value", ["'${it}'", "['${it}']", "[{wildcard: '${it}\\\\x'}]", "[{cidr: '${it}'}]"]
)
def test_what_only_the_deployment_knows_is_left_alone(value: str, tmp_path: Path) -> None:
    text = EVENT.replace(HEAD, f"{HEAD}parameters: {{it: {{}}}}\n")

    found = compile_text(f"{text}detail: {{a: {value}}}}}}}}}\n", tmp_path).diagnostics

    assert found == ()


def test_a_nested_pattern_of_every_depth_is_read(tmp_path: Path) -> None:
    nested = "{a: " * 50 + "x" + "}" * 50

    (found,) = refused(f"detail: {nested}", tmp_path)

    assert found[1:] == ('the values of "a" must stand in a list', "x", "write [x]")
