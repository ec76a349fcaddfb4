"""A dashboard has more than 2,500 metrics.

Why: CloudWatch has drawn no more on one dashboard, those that only expressions need included. It is a
warning, because newer pages no longer say so.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (as of 2023-05; read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import DASHBOARD_METRICS
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.dashboards import Dashboard, MetricWidget
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import stats_of

RULE = Rule("dashboard/too-many-metrics", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Dashboards that fetch too much."""
    for dashboard in monitoring.dashboards:
        count = _count_metrics(dashboard)
        if count > DASHBOARD_METRICS:
            yield RULE.find(
                Severity.WARNING,
                f'"{dashboard.key}" has {count:,} metrics; {DASHBOARD_METRICS:,} are the most',
                dashboard.place,
                help="split the dashboard",
            )


def _count_metrics(dashboard: Dashboard) -> int:
    contents = (widget.content for widget in dashboard.widgets)
    return sum(
        len(list(stats_of(line.signal.source)))
        for content in contents
        if isinstance(content, MetricWidget)
        for line in content.lines
    )
