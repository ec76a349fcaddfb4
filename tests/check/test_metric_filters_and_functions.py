"""Rules about metric filters with dimensions, functions elsewhere and events for many."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error
from watchspec.diagnostics import Severity

FILTER = (
    HEAD
    + """\
logs:
  l:
    group: /l
    retention: never
    metrics:
      failed: {pattern: "{ $.ok = false }", dimensions: {Page: $.page, User: $.user}}
      hits: {pattern: x}
metrics:
  rate: {expression: failed / hits}
  share: {expression: f / hits, given: {f: {metric: failed, dimensions: {Page: /, User: a}}}}
"""
)
MISSING = [
    "alarms: {a: {severity: info, when: {metric: failed, above: 1}}}",
    "alarms: {a: {severity: info, when: {metric: failed, dimensions: {Page: /}, above: 1}}}",
    "alarms: {a: {severity: info, when: {metric: rate, above: 1}}}",
    "alarms: {a: {severity: info, when: {metric: shop/prod failed, above: 1}}}",
    "dashboards: {d: {rows: [{graph: failed}]}}",
    "dashboards: {d: {rows: [{graph: [hits, rate]}]}}",
]
COMPLETE = [
    "alarms: {a: {severity: info, when: {metric: failed, dimensions: {Page: /, User: a}, above: 1}}}",
    "alarms: {a: {severity: info, when: {metric: share, above: 1}}}",
    "alarms: {a: {severity: info, when: {metric: hits, above: 1}}}",
    "alarms: {a: {severity: info, when: {metric: other failed, above: 1}}}",
    "dashboards: {d: {rows: [{graph: [{metric: failed, dimensions: {Page: /, User: a}}, share]}]}}",
    "dashboards: {d: {rows: [{graph: hits}, {text: x}]}}",
]


@pytest.mark.parametrize("use", MISSING)
def test_a_metric_filter_with_dimensions_makes_no_metric_without_them(
    use: str, tmp_path: Path
) -> None:
    error = only_error(compile_text(FILTER + use + "\n", tmp_path), "metric/missing-dimensions")

    assert error.message.startswith('"failed" exists only with its dimensions')
    assert "User" in error.message
    assert marked_text(error) == "{"


@pytest.mark.parametrize("use", COMPLETE)
def test_a_metric_filter_with_dimensions_makes_a_metric_with_all_of_them(
    use: str, tmp_path: Path
) -> None:
    assert not errors(compile_text(FILTER + use + "\n", tmp_path))


def notified(function: str) -> str:
    """A spec with a function that is notified."""
    return HEAD + f"notify:\n  info: {{lambda: ['{function}']}}\n"


def test_a_function_elsewhere_needs_a_permission_nobody_makes(tmp_path: Path) -> None:
    text = notified("arn:aws:lambda:us-west-2:111122223333:function:f")

    compiled = compile_text(text, tmp_path)

    (warning,) = compiled.diagnostics
    assert (warning.rule, warning.severity) == ("notify/permission-elsewhere", Severity.WARNING)
    assert "us-west-2" in warning.message
    assert compiled.templates


@pytest.mark.parametrize(
    "function",
    [
        "arn:aws:lambda:eu-west-1:111122223333:function:f",
        "${f}",
        "arn:aws:lambda:${region}:${account}:function:f",
    ],
)
def test_a_function_at_home_gets_its_permission(function: str, tmp_path: Path) -> None:
    text = notified(function).replace("notify:", "parameters: {f: {}}\ntags: {f: '${f}'}\nnotify:")

    assert not compile_text(text, tmp_path).diagnostics


def test_a_function_in_a_region_with_alarms_gets_its_permission(tmp_path: Path) -> None:
    text = notified("arn:aws:lambda:us-east-1:111122223333:function:f")
    text += "alarms: {a: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}}\n"

    found = {one.rule for one in compile_text(text, tmp_path).diagnostics}

    assert "notify/permission-elsewhere" not in found


@pytest.mark.parametrize(("routes", "found"), [(4, 0), (5, 0), (6, 1)])
def test_an_event_tells_five_routes_at_the_most(routes: int, found: int, tmp_path: Path) -> None:
    names = [f"r{number}" for number in range(routes)]
    text = HEAD + "notify:\n" + "".join(f"  {name}: {{email: [a@example.com]}}\n" for name in names)
    text += f"events:\n  e: {{severity: info, pattern: {{source: [a]}}, notify: [{', '.join(names)}]}}\n"

    assert [one.rule for one in errors(compile_text(text, tmp_path))] == [
        "event/too-many-targets"
    ] * found
