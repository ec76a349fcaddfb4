"""A composite alarm has more than 100 alarms in its rule, or a rule of more than 10,240 characters.

Why: CloudWatch takes no more. Combine the alarms in groups, and the groups in one more alarm.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import COMPOSITE_CHILDREN, COMPOSITE_RULE_CHARACTERS
from watchspec.check.alarm_truth import combinations_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("composite/too-large", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Composite alarms beyond CloudWatch's limits."""
    for alarm, combination in combinations_of(monitoring):
        for what, count, most in (
            ("alarms in its rule", len(combination.children), COMPOSITE_CHILDREN),
            ("characters in its rule", len(combination.rule), COMPOSITE_RULE_CHARACTERS),
        ):
            if count > most:
                yield RULE.find(
                    Severity.ERROR,
                    f'"{alarm.key}" has {count:,} {what}; {most:,} are the most',
                    alarm.source.place("when"),
                    help="combine the alarms in groups",
                )
