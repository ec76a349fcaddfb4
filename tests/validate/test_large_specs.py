"""Specs far beyond what a stack can hold: a finding, not a flood."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, only_error
from watchspec.validate.shape import MAX_FINDINGS

ALARM = "  hot-{i}: {{severity: info, notify: [], when: {{metric: cpu, above: {i}, for: 10m}}}}\n"


@pytest.mark.slow
def test_a_spec_of_three_thousand_alarms_is_compiled_to_the_limit_of_a_stack(
    tmp_path: Path,
) -> None:
    alarms = "".join(ALARM.format(i=number) for number in range(3_000))
    text = HEAD + "metrics: {cpu: {metric: Shop Cpu}}\nalarms:\n" + alarms

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"template/too-large"}


def test_three_thousand_dimensions_are_refused_in_one_finding(tmp_path: Path) -> None:
    dimensions = ", ".join(f"N{number}: x" for number in range(3_000))

    compiled = compile_text(
        HEAD + f"metrics: {{m: {{metric: A B, dimensions: {{{dimensions}}}}}}}\n", tmp_path
    )

    found = only_error(compiled, "spec/wrong-value")
    assert found.message == "metrics.m.dimensions has 3,000 entries; 30 are the most"


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"alrms{number}: x\n" for number in range(2_000)),
        "alarms:\n" + "".join(f"  a{number}: {{}}\n" for number in range(2_000)),
        "tags:\n" + "".join(f"  a{number}: [x]\n" for number in range(2_000)),
        "dashboards: {d: {rows: [" + "{grph: x}, " * 2_000 + "]}}\n",
        "dashboards: {d: {rows: [{" + "".join(f"x{n}: y, " for n in range(2_000)) + "}]}}\n",
    ],
)
def test_mistakes_beyond_number_are_not_all_listed(text: str, tmp_path: Path) -> None:
    found = compile_text(HEAD + text, tmp_path).diagnostics

    assert len(found) == MAX_FINDINGS
    assert [one.message.endswith("; more like this follow") for one in found].count(True) == 1
