from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, resource, template

WARNING, CRITICAL, OTHER = "#ff7f0e", "#d62728", "#7f7f7f"


def levels_drawn(levels: str, folder: Path, widget: str = "{graph: a}", more: str = "") -> Any:
    """What is drawn across a graph of a metric with these levels."""
    text = (
        HEAD
        + f"metrics:\n  a: {{title: CPU, metric: Shop A, unit: Percent, levels: {{{levels}}}}}\n{more}"
    )
    text += f"dashboards: {{d: {{header: false, rows: [{widget}]}}}}\n"
    body = resource(template(compile_text(text, folder)), "DashboardD")["DashboardBody"]
    (found,) = json.loads(body)["widgets"]
    return found["properties"].get("annotations", {}).get("horizontal", [])


def test_a_level_is_a_line_with_the_bad_side_shaded(tmp_path: Path) -> None:
    assert levels_drawn("critical: '> 90%'", tmp_path) == [
        {"value": 90, "label": "critical > 90 %", "color": CRITICAL, "fill": "above"}
    ]


def test_a_level_that_must_not_be_undercut_is_shaded_below(tmp_path: Path) -> None:
    assert levels_drawn("warning: '<= 10%'", tmp_path) == [
        {"value": 10, "label": "warning <= 10 %", "color": WARNING, "fill": "below"}
    ]


def test_levels_that_get_worse_upwards_are_bands_up_to_the_next(tmp_path: Path) -> None:
    assert levels_drawn("critical: '> 90%', warning: '> 70%', bad: '>= 80%'", tmp_path) == [
        [{"value": 70, "label": "warning > 70 %", "color": WARNING}, {"value": 80}],
        [{"value": 80, "label": "bad >= 80 %", "color": OTHER}, {"value": 90}],
        {"value": 90, "label": "critical > 90 %", "color": CRITICAL, "fill": "above"},
    ]


def test_levels_that_get_worse_downwards_are_bands_down_to_the_next(tmp_path: Path) -> None:
    assert levels_drawn("critical: '< 5%', warning: '< 20%'", tmp_path) == [
        [{"value": 20, "label": "warning < 20 %", "color": WARNING}, {"value": 5}],
        {"value": 5, "label": "critical < 5 %", "color": CRITICAL, "fill": "below"},
    ]


def test_levels_may_get_worse_in_both_directions(tmp_path: Path) -> None:
    found = levels_drawn("low: '< 5%', warning: '> 70%', critical: '> 90%'", tmp_path)

    assert [one["fill"] if isinstance(one, dict) else "band" for one in found] == [
        "band",
        "above",
        "below",
    ]


def test_a_level_without_a_comparison_is_a_line(tmp_path: Path) -> None:
    assert levels_drawn("target: 60%", tmp_path) == [
        {"value": 60, "label": "target 60 %", "color": OTHER}
    ]


@pytest.mark.parametrize("name", ["normal", "good", "ok", "healthy"])
def test_what_is_fine_is_not_drawn(name: str, tmp_path: Path) -> None:
    assert levels_drawn(f"{name}: '< 50%'", tmp_path) == []


def test_levels_may_be_left_out_of_a_graph(tmp_path: Path) -> None:
    assert levels_drawn("critical: '> 90%'", tmp_path, "{graph: a, levels: false}") == []


@pytest.mark.parametrize("widget", ["{number: a}", "{pie: a}", "{table: a}"])
def test_levels_are_drawn_where_there_is_an_axis(widget: str, tmp_path: Path) -> None:
    assert levels_drawn("critical: '> 90%'", tmp_path, widget) == []
    assert levels_drawn("critical: '> 90%'", tmp_path, "{bar: a}")
    assert levels_drawn("critical: '> 90%'", tmp_path, "{gauge: a, min: 0, max: 100}")


def test_the_levels_of_a_metric_that_is_drawn_twice_are_drawn_once(tmp_path: Path) -> None:
    widget = "{graph: [a, {metric: a, statistic: Maximum}]}"

    assert len(levels_drawn("critical: '> 90%'", tmp_path, widget)) == 1


def test_the_levels_of_two_metrics_say_whose_they_are(tmp_path: Path) -> None:
    more = "  b: {title: Memory, metric: Shop B, levels: {critical: '> 5'}}\n"

    found = levels_drawn(
        "critical: '> 90%'", tmp_path, "{graph: [a, {metric: b, axis: right}]}", more
    )

    assert [(one["label"], one.get("yAxis")) for one in found] == [
        ("CPU: critical > 90 %", None),
        ("Memory: critical > 5", "right"),
    ]


def test_the_levels_of_a_hidden_line_are_not_drawn(tmp_path: Path) -> None:
    widget = "{graph: [{metric: a, hidden: true}, Shop B]}"

    assert levels_drawn("critical: '> 90%'", tmp_path, widget) == []


def test_annotations_stand_beside_levels(tmp_path: Path) -> None:
    found = levels_drawn(
        "critical: '> 90%'", tmp_path, "{graph: a, annotations: [{at: 50, label: half}]}"
    )

    assert [one["label"] for one in found] == ["critical > 90 %", "half"]
