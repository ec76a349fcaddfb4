"""Metric filters read what the lines of their log have, as far as the spec describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text

JSON = "format: {json: {status_code: integer, user.id: string, request: object}}"
COLUMNS = "format: {space_delimited: [host, status]}"
OTHER_LINES = "the pattern is for {} lines, but those of this log are {}"

FOUND = {
    (JSON, "{pattern: '{ $.statuscode = 5 }'}"): 'the lines of this log have no field "statuscode"',
    (JSON, "{pattern: '{ $.status_code = 5 }', value: $.size}"): (
        'the lines of this log have no field "size"'
    ),
    (JSON, "{pattern: '{ $.status_code = 5 }', dimensions: {A: $.user.name}}"): (
        'the lines of this log have no field "user.name"'
    ),
    (JSON, "{pattern: '{ $.status_code = 5 && ($.x[0].y IS NULL || $.x = 1) }'}"): (
        'the lines of this log have no field "x"'
    ),
    (JSON, "{pattern: '[host, status]'}"): OTHER_LINES.format("space-delimited", "JSON"),
    (COLUMNS, "{pattern: '{ $.status = 5 }'}"): OTHER_LINES.format("JSON", "space-delimited"),
    ("format: {text: time level}", "{pattern: '{ $.a = 5 }'}"): OTHER_LINES.format(
        "JSON", "plain text"
    ),
    (COLUMNS, "{pattern: '[a, b, c = 5]'}"): (
        "the pattern has 3 columns, but the lines of this log have 2"
    ),
    (COLUMNS, "{pattern: '[a = 5]'}"): (
        "the pattern has 1 column, but the lines of this log have 2"
    ),
    (COLUMNS, "{pattern: '[status = 5*, host]'}"): '"status" is column 2 of these lines, not 1',
    (COLUMNS, "{pattern: '[..., host = a]'}"): '"host" is column 1 of these lines, not 2',
}
FINE = [
    (JSON, "{pattern: '{ $.status_code = 5 && $.user.id = a && $.user IS NULL }'}"),
    (JSON, "{pattern: '{ $.user NOT EXISTS && $.* = 5 }'}"),
    (JSON, "{pattern: '{ $.request.headers[0].name = \"$.other\" }'}"),
    (JSON, "{pattern: '{ $.status_code = %$.x% }', value: $.status_code}"),
    (JSON, "{pattern: '\"$.x\"'}"),
    (COLUMNS, "{pattern: '[a, b]', value: $b}"),
    (COLUMNS, "{pattern: '[host = x, ...]'}"),
    (COLUMNS, "{pattern: '[..., status = 5*]'}"),
    (COLUMNS, "{pattern: '[]'}"),
    (COLUMNS, "{pattern: '[, status = 5]'}"),
    (COLUMNS, "{pattern: ERROR}"),
    ("retention: 3 days", "{pattern: '{ $.a = 1 }'}"),
]


def warnings(settings: str, metric: str, folder: Path) -> list[tuple[str, str]]:
    """The messages about a metric filter, and what they mark."""
    retention = "" if "retention" in settings else "retention: 3 days, "
    text = f"logs: {{l: {{group: /l, {retention}{settings}, metrics: {{m: {metric}}}}}}}\n"
    found = compile_text(HEAD + text, folder).diagnostics
    assert {one.rule for one in found} <= {"log/unknown-field"}
    return [(one.message, marked_text(one)) for one in found]


@pytest.mark.parametrize(("settings", "metric"), FOUND)
def test_a_filter_on_what_no_line_has_is_found(settings: str, metric: str, tmp_path: Path) -> None:
    ((message, marked),) = warnings(settings, metric, tmp_path)

    assert message == FOUND[settings, metric]
    assert marked
    assert marked in metric


@pytest.mark.parametrize(("settings", "metric"), FINE)
def test_a_filter_on_what_lines_may_have_is_fine(
    settings: str, metric: str, tmp_path: Path
) -> None:
    assert warnings(settings, metric, tmp_path) == []
