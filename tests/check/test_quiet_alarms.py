"""Alarms that say nothing of a quiet night: quotients without a divisor, percentiles of few samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, check_text, marked_text
from watchspec.diagnostics import Diagnostic, Severity

SPEC = """\
owner: shop
metrics:
  errors: {{metric: AWS/Lambda Errors, dimensions: {{FunctionName: shop}}, statistic: Sum}}
  calls: {{metric: AWS/Lambda Invocations, dimensions: {{FunctionName: shop}}, statistic: Sum}}
  size: {{metric: Shop Size}}
  rate: {{expression: errors / calls}}
  slow:
    metric: AWS/ApplicationELB TargetResponseTime
    dimensions: {{LoadBalancer: app/shop/50dc6c495c0c9188}}
alarms:
  a: {{severity: info, when: {{{when}}}}}
dashboards: {{all: {{rows: [{{graph: [errors, calls, size]}}, {{graph: [rate]}}, {{graph: slow}}]}}}}
"""


def find(when: str, folder: Path) -> list[Diagnostic]:
    return check_text(HEAD + SPEC.format(when=when), folder)


@pytest.mark.parametrize(
    ("when", "divisor"),
    [
        ("expression: errors / calls, above: 0.1", "calls"),
        ("expression: 1 - 2 * errors / calls, above: 0.1", "calls"),
        ("expression: 'MAX([errors / calls, -errors / calls])', above: 0.1", "calls"),
        ("metric: rate, above: 0.1", "calls"),
        ("expression: 'IF(calls > 0, errors / calls, 0)', above: 0.1", ""),
        ("expression: errors / PERIOD(errors), above: 0.1", ""),
        ("expression: errors / 60, above: 0.1", ""),
        ("expression: errors * calls, above: 0.1", ""),
        # A metric of one's own may be anything.
        ("expression: errors / size, above: 0.1", ""),
        ("metric: errors, above: 5", ""),
    ],
)
def test_a_quotient_says_what_it_is_without_a_divisor(
    when: str, divisor: str, tmp_path: Path
) -> None:
    """The rule alarm/idle-ratio."""
    found = find(when, tmp_path)
    settled = find(when + "}, missing_data: ignore, tags: {a: b", tmp_path)

    assert [one.rule for one in found] == ["alarm/idle-ratio"] * bool(divisor)
    for one in found:
        assert (one.severity, marked_text(one)) == (Severity.NOTE, "a")
        assert one.message == f'"a" has no data while "{divisor}" is zero or missing'
    assert settled == []


@pytest.mark.parametrize(
    ("when", "samples"),
    [
        ("metric: slow, statistic: p99, above: 2s", "1,000"),
        ("metric: slow, statistic: p99.9, above: 2s", "10,000"),
        ("metric: slow, statistic: p99, above: 2s, few_samples: ignore", ""),
        ("metric: slow, statistic: p99, above: 2s, few_samples: evaluate", ""),
        ("metric: slow, statistic: p95, above: 2s", ""),
        ("metric: slow, statistic: p99, below: 2s", ""),
        ("metric: slow, above: 2s", ""),
        ("expression: slow * 2, above: 2", ""),
    ],
)
def test_a_high_percentile_says_what_it_makes_of_few_samples(
    when: str, samples: str, tmp_path: Path
) -> None:
    """The rule alarm/few-samples."""
    found = find(when, tmp_path)

    assert [one.rule for one in found] == ["alarm/few-samples"] * bool(samples)
    assert all(f"fewer than {samples} samples" in one.message for one in found)
    assert all(one.severity is Severity.NOTE for one in found)
