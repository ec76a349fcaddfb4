"""A spec with tests, and what becomes of them."""

from __future__ import annotations

import textwrap
from pathlib import Path

from support import HEAD, check_text, resolve_text
from watchspec.diagnostics import Diagnostic, Severity
from watchspec.model.spec_tests import SpecTest

SHOP = (
    HEAD
    + """\
parameters:
  cluster: {description: ECS cluster, default: shop, max_length: 10}
  database: {description: Database}
notify:
  warning: {email: [ops@example.com]}
  critical: {email: [boss@example.com]}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: "${cluster}", ServiceName: web}}
  disk: {metric: AWS/RDS FreeStorageSpace, dimensions: {DBInstanceIdentifier: "${database}"}}
  cost: {metric: Shop Cost, period: 5m}
  error_rate:
    expression: 100 * errors / (errors + good)
    given: {good: {metric: Shop Good, statistic: Sum}}
    unit: Percent
  doubled: {expression: 2 * error_rate, unit: Percent}
  busiest: {query: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)'}
logs:
  backend:
    group: /shop/backend
    retention: 30 days
    metrics:
      errors: {pattern: ERROR}
  proxy: {group: /shop/proxy, retention: 30 days}
health_checks:
  front door: {host: shop.example.com, alarm: {severity: warning}}
alarms:
  cpu-hot: {severity: warning, when: {metric: cpu, above: 70%, for: 3m}}
  cpu-burning: {severity: critical, when: {metric: cpu, above: 90%}}
  disk-full: {severity: warning, when: {metric: disk, below: 2GB}}
  cost-high: {severity: warning, when: {metric: cost, above: $60}}
  errors-high: {severity: warning, when: {metric: doubled, above: 20%}}
  fleet-hot: {severity: warning, when: {metric: busiest, above: 90}}
  trouble:
    severity: critical
    when: {any: [cpu-hot, disk-full]}
    suppressed_by: {alarm: cost-high}
  disaster: {severity: warning, when: {all: [trouble, errors-high]}}
"""
)


def write(test: str) -> str:
    """The spec with one test, of which this is the content."""
    return f"{SHOP}tests:\n  it works:\n{textwrap.indent(textwrap.dedent(test).strip(), '    ')}\n"


def read_test(test: str, folder: Path) -> SpecTest:
    """A test without mistakes."""
    (one,) = resolve_text(write(test), folder).tests
    return one


def find(test: str, folder: Path) -> list[Diagnostic]:
    """What is wrong with a test."""
    return [one for one in check_text(write(test), folder) if one.severity is Severity.ERROR]


def only(found: list[Diagnostic]) -> Diagnostic:
    """The one finding there is."""
    assert len(found) == 1, found
    return found[0]
