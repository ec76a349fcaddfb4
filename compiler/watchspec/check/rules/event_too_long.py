"""An event rule's pattern, message or description is longer than EventBridge takes.

Why: a pattern has 4,096 characters at the most, a message 8,192, a description 512.

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html (read 2026-11-24)
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from watchspec.catalog.quotas import (
    EVENT_DESCRIPTION_CHARACTERS,
    EVENT_PATTERN_CHARACTERS,
    EVENT_TEMPLATE_CHARACTERS,
)
from watchspec.check.lengths import measure
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.input_templates import write_input_template
from watchspec.model.monitoring import Monitoring
from watchspec.model.text import Deferred, show_text

RULE = Rule("event/too-long", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Event rules EventBridge would refuse."""
    for rule in monitoring.events:
        pattern = ""
        if rule.pattern is not None:
            pattern = json.dumps(rule.pattern, default=_show, ensure_ascii=False)
        message, _ = measure(write_input_template(rule.lines), monitoring)
        for what, key, count, most in (
            ("pattern", "pattern", len(pattern), EVENT_PATTERN_CHARACTERS),
            ("message", "runbook", message, EVENT_TEMPLATE_CHARACTERS),
            ("description", "description", len(rule.description), EVENT_DESCRIPTION_CHARACTERS),
        ):
            if count > most:
                place = rule.source.place(key) if key in rule.source else rule.place
                text = f'the {what} of "{rule.key}" has {count:,} characters; {most:,} are the most'
                yield RULE.find(Severity.ERROR, text, place)


def _show(value: object) -> str:
    assert isinstance(value, Deferred)
    return show_text(value)
