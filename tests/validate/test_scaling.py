"""Twice as much in a spec takes about twice as long, good or bad."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, only_error
from watchspec.load import load_spec
from watchspec.pipeline import check_spec, compile_spec
from watchspec.validate import validate_documents

RATIO = 2.6
"""What twice as much may cost."""
SIZES = (750, 1_500, 3_000)

ALARM = "  hot-{i}: {{severity: info, notify: [], when: {{metric: cpu, above: {i}, for: 10m}}}}\n"
MISSPELT = "  hot-{i}: {{severty: info, when: {{metric: cpu, above: {i}}}}}\n"
METRIC = "  m_{i}: {{metric: Shop M{i}, dimensions: {{Name: n{i}}}, levels: {{high: '> {i}'}}}}\n"
CPU = "metrics: {cpu: {metric: Shop Cpu}}\n"

SPECS = {
    "alarms": HEAD + CPU + "alarms:\n{things}",
    "metrics": HEAD + "logs: {a: {group: /a, retention: never}}\nmetrics:\n{things}",
    "misspelt alarms": HEAD + CPU + "alarms:\n{things}",
}
THINGS = {"alarms": ALARM, "metrics": METRIC, "misspelt alarms": MISSPELT}


def write_spec(kind: str, count: int, folder: Path) -> str:
    things = "".join(THINGS[kind].format(i=number) for number in range(count))
    path = folder / f"{count}.yaml"
    path.write_text(SPECS[kind].replace("{things}", things), encoding="utf-8")
    return str(path)


def measure(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.thread_time()
    action()
    return time.thread_time() - start


def check_growth(action: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    """Assert that an action on four times as much takes about four times as long; the longest time.

    The least of several times counts, and there are more tries only where the first do not do.
    """
    best = [float("inf")] * len(inputs)
    for tries in range(1, 8):
        for index, given in enumerate(inputs):
            best[index] = min(best[index], measure(partial(action, given)))
        # A few milliseconds more or less are the machine, not the size.
        if tries > 1 and best[-1] <= RATIO**2 * best[0] + 0.005:
            break
    assert best[-1] <= RATIO**2 * best[0] + 0.005, best
    return best[-1]


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPECS)
def test_load_grows_with_the_size_of_the_spec(kind: str, tmp_path: Path) -> None:
    check_growth(load_spec, [write_spec(kind, count, tmp_path) for count in SIZES])


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPECS)
def test_validate_grows_with_the_size_of_the_spec(kind: str, tmp_path: Path) -> None:
    paths = [write_spec(kind, count, tmp_path) for count in SIZES]

    check_growth(validate_documents, [load_spec(path).value for path in paths])


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("work", [check_spec, compile_spec], ids=["check", "compile"])
def test_the_whole_line_grows_with_the_size_of_the_spec(
    kind: str, work: Callable[[str], object], tmp_path: Path
) -> None:
    longest = check_growth(work, [write_spec(kind, count, tmp_path) for count in SIZES])

    assert longest < 10


@pytest.mark.slow
def test_a_spec_of_three_thousand_alarms_is_compiled_to_the_limit_of_a_stack(
    tmp_path: Path,
) -> None:
    things = "".join(ALARM.format(i=number) for number in range(3_000))

    found = errors(compile_text(SPECS["alarms"].replace("{things}", things), tmp_path))

    assert {one.rule for one in found} == {"template/too-large"}


def test_three_thousand_dimensions_are_refused_in_one_finding(tmp_path: Path) -> None:
    dimensions = ", ".join(f"N{number}: x" for number in range(3_000))

    compiled = compile_text(
        HEAD + f"metrics: {{m: {{metric: A B, dimensions: {{{dimensions}}}}}}}\n", tmp_path
    )

    found = only_error(compiled, "spec/wrong-value")
    assert found.message == "metrics.m.dimensions has 3,000 items; 30 are the most"
