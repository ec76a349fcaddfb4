"""The patterns of the schema mean one thing: ASCII, the whole text, in both validators."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, ROOT, compile_text, template
from watchspec.diagnostics import Findings
from watchspec.load import load_spec
from watchspec.model.source import Map, Node, Seq
from watchspec.validate.schema import quick_validator
from watchspec.validate.shape import explain_shape

SCHEMA = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))

HOLES = {
    # Where a pattern stands: a value that fits it, and a spec with a hole for it.
    "account": ("123456789012", "environments: {dev: {region: eu-west-1, account: HOLE}}"),
    "barWidget/properties/timezone": (
        "+0100",
        "dashboards: {d: {rows: [{bar: cpu, timezone: HOLE}]}}",
    ),
    "changes/propertyNames": ("alarms.hot.when", "changes: {HOLE: 1}"),
    "color": ("#00ffaa", "metrics: {m: {metric: A B, color: HOLE}}"),
    "dashboard/properties/start": ("3 hours", "dashboards: {d: {start: HOLE, rows: [{text: x}]}}"),
    "dashboard/properties/end": (
        "2026-11-24T10:00:00Z",
        "dashboards: {d: {start: 3h, end: HOLE, rows: [{text: x}]}}",
    ),
    "dimensions/propertyNames": ("Queue", "metrics: {m: {metric: A B, dimensions: {HOLE: x}}}"),
    "duration": ("10 minutes", "metrics: {m: {metric: A B, period: HOLE}}"),
    "fieldName": ("user.id1", "logs: {l: {group: x, format: {json: {HOLE: string}}}}"),
    "healthCheck/properties/path": (
        "/health1",
        "health_checks: {h: {host: x, path: HOLE, alarm: {severity: info}}}",
    ),
    "identifier": ("ecs_k1", "metrics: {HOLE: {metric: A B}}"),
    "ignore/properties/rule": (
        "task/k1",
        "ignore: [{rule: HOLE, reason: x, until: 2027-03-01}]",
    ),
    "ignore/properties/until": ("2027-03-01", "ignore: [{rule: a/b, reason: x, until: HOLE}]"),
    "line": ("text 1", "owner: HOLE"),
    "log/properties/retention": ("30 days", "logs: {l: {group: x, retention: HOLE}}"),
    "logMetric/properties/value": (
        "$.tasks1",
        "logs: {l: {group: x, metrics: {m: {pattern: x, value: HOLE}}}}",
    ),
    "mute/properties/schedule": (
        "cron(0 2 * * 1)",
        "mutes: {m: {alarms: all, schedule: HOLE, duration: 1h, reason: x}}",
    ),
    "name": ("task k1", "alarms: {HOLE: {severity: info, when: {metric: A B, above: 1}}}"),
    "reference": (
        "${limits1}",
        "queries: {q: {question: x, query: x, only: [a]}}\nnotify: {r: {on_recovery: HOLE}}",
    ),
    "region": ("eu-west-1", "environments: {dev: {region: HOLE}}"),
    "slug": ("task-k1", "notify: {HOLE: {}}"),
    "statistic": ("ts99", "metrics: {m: {metric: A B, statistic: HOLE}}"),
    "tagKey": ("task k1", "tags: {HOLE: x}"),
    "threshold/properties/datapoints": (
        "2 of 3",
        "alarms: {a: {severity: info, when: {metric: A B, above: 1, datapoints: HOLE}}}",
    ),
    "timestamp": (
        "2026-11-24T10:00",
        "mutes: {m: {alarms: all, schedule: cron(0 2 * * 1), start: HOLE, duration: 1h, reason: x}}",
    ),
    "url": (
        "https://wiki.example.com/k1",
        "alarms: {a: {severity: info, when: {metric: A B, above: 1}, runbook: {links: {w: HOLE}}}}",
    ),
    "valueName": ("task_k1", "values: {HOLE: 1}"),
    "variableId": (
        "task-k1",
        "dashboards: {d: {rows: [{text: x}], variables: {HOLE: {input: radio, pattern: x}}}}",
    ),
}
FREE = {"line", "changes/propertyNames"}
"""Free text: any character but newline and tab."""
ADDRESSES = {"url"}
"""What a browser would escape by itself: letters beyond ASCII are let through on purpose."""

MUTANTS: dict[str, Callable[[str], str]] = {
    "a newline at the end": lambda text: text + "\n",
    "a newline at the beginning": lambda text: "\n" + text,
    "a tab at the end": lambda text: text + "\t",
    "Arabic digits": lambda text: _shift(text, str.isdigit, 0x0660 - 0x30),
    "full-width digits": lambda text: _shift(text, str.isdigit, 0xFF10 - 0x30),
    "full-width letters": lambda text: _shift(text, str.isalpha, 0xFF41 - 0x61),
    "letters that fold to ASCII": lambda text: text.replace("s", "\u017f").replace("k", "\u212a"),
    "a no-break space": lambda text: text[:-1] + "\u00a0" + text[-1:],
    "a no-break space for each space": lambda text: text.replace(" ", "\u00a0"),
    "a picture at the end": lambda text: text + "\U0001f600",
}


def _shift(text: str, is_meant: Callable[[str], bool], by: int) -> str:
    return "".join(chr(ord(one) + by) if is_meant(one) else one for one in text)


def find_patterns(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Where each pattern of the schema stands, and the pattern."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield path, node["pattern"]
        for key, value in node.items():
            yield from find_patterns(value, f"{path}/{key}" if path else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from find_patterns(value, f"{path}/{index}")


def fill(node: Node, text: str) -> Node:
    """The tree with a text in its hole."""
    if isinstance(node, Map):
        filled = Map(node.start)
        for key, value, key_place, place in node.entries():
            filled.put(text if key == "HOLE" else key, fill(value, text), key_place, place)
        return filled
    if isinstance(node, Seq):
        items = Seq(node.start)
        for value, place in node.entries():
            items.put(fill(value, text), place)
        return items
    return text if node == "HOLE" else node


def plant(where: str, text: str, folder: Path) -> Map:
    """The tree of a spec with a text where a pattern stands."""
    path = folder / "spec.yaml"
    head = HEAD.replace("environments:\n  prod: {region: eu-west-1}\n", "")
    path.write_text(head + HOLES[where][1], encoding="utf-8")
    outcome = load_spec(str(path))
    assert outcome.value is not None
    root = fill(outcome.value[0].root, text)
    assert isinstance(root, Map)
    return root


def say_both(root: Map) -> tuple[bool, bool]:
    """Whether the quick validator and the one that explains find the tree in shape."""
    found = Findings()
    explain_shape(root, "v1", found, is_expanded=False)
    return bool(quick_validator("v1").is_valid(root)), found.items == []


def test_every_pattern_of_the_schema_is_tried() -> None:
    planted = {dict(find_patterns(SCHEMA))[f"$defs/{where}"] for where in HOLES}

    assert planted == {pattern for _, pattern in find_patterns(SCHEMA)}


@pytest.mark.parametrize("where", HOLES)
def test_a_value_that_fits_is_accepted_by_both_validators(where: str, tmp_path: Path) -> None:
    assert say_both(plant(where, HOLES[where][0], tmp_path)) == (True, True)


def cases() -> Iterator[Any]:
    """Each pattern with each mutant that differs from the value it is made of."""
    for where, (value, _) in HOLES.items():
        for name, mutate in MUTANTS.items():
            if mutate(value) == value:
                continue
            yield pytest.param(where, mutate(value), id=f"{where}, {name}")


@pytest.mark.parametrize(("where", "text"), list(cases()))
def test_a_value_that_only_looks_as_if_it_fits_is_refused_by_both(
    where: str, text: str, tmp_path: Path
) -> None:
    quick, thorough = say_both(plant(where, text, tmp_path))

    assert quick is thorough
    is_free = where in FREE and not set("\n\t") & set(text)
    is_address = where in ADDRESSES and text.startswith("https://")
    is_address = is_address and not set("\n\t \u00a0") & set(text)
    assert quick is (is_free or is_address)


def test_an_expression_of_the_author_is_never_tried(tmp_path: Path) -> None:
    text = HEAD + (
        "parameters: {name: {pattern: (a+)+$, default: " + "a" * 64 + "!}}\n"
        "logs: {app: {group: /app, retention: never}}\n"
        'tags: {name: "${name}"}\n'
    )

    body = template(compile_text(text, tmp_path))  # trying it would take years

    assert body["Parameters"]["Name"]["AllowedPattern"] == "(a+)+$"
