"""An event pattern asks for what no event can be.

Why: the rule never fires, and nobody hears of what it is for. A list of values is compared with a
value: a mapping such as `detail.state` never equals one, and `"1"` is not the number `1`.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  alarm:
    severity: info
    pattern:
      source: [aws.cloudwatch]
      detail-type: [CloudWatch Alarm State Change]
      detail: {state: [ALARM]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  alarm:
    severity: info
    pattern:
      source: [aws.cloudwatch]
      detail-type: [CloudWatch Alarm State Change]
      detail: {state: {value: [ALARM]}}
```

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.event_fields import AFTER_THE_STOP, BEFORE_THE_STOP, ENVELOPE
from watchspec.check.event_shapes import WrittenPattern, read_patterns
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.event_patterns import Field
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/never-matches", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Fields of patterns that no event can satisfy."""
    for written in read_patterns(monitoring):
        for field in written.pattern.fields:
            if field.path == ("detail",):
                yield _find(field, "the detail of an event is a mapping, never one of these values")
            elif len(field.path) == 1 and field.path[0] in ENVELOPE:
                yield from _check_number(field)
            elif field.path[0] == "detail" and written.shapes:
                yield from _check_detail(written, field)
        yield from _check_stop(written)


def _check_number(field: Field) -> Iterator[Diagnostic]:
    """The top level of an event holds texts; an account without quotes is a number."""
    for one in field.matchers:
        is_number = isinstance(one.operand, int | float) and not isinstance(one.operand, bool)
        if (one.operator == "equals" and is_number) or one.operator == "numeric":
            yield RULE.find(
                Severity.ERROR,
                f'"{field.path[0]}" is a text in every event, and this is a number',
                one.place,
                help="put it in quotes",
            )


def _check_detail(written: WrittenPattern, field: Field) -> Iterator[Diagnostic]:
    path = ".".join(field.path[1:])
    if all(one.kind_of(path) == "mapping" for one in written.shapes):
        if any(one.operator != "exists" or one.operand is True for one in field.matchers):
            inner = sorted(
                name.removesuffix(".*").removeprefix(f"{path}.")
                for name in written.shapes[0].fields
                if name.startswith(f"{path}.")
            )
            message = f'"{path}" is a mapping, which no value in a list equals'
            yield _find(field, message, f"name a field in it: {', '.join(inner)}")
    elif all(path in one.numbers for one in written.shapes):
        for text in field.words:
            message = f'"{path}" is a number in every event, and this is a text'
            yield RULE.find(Severity.ERROR, message, text.place, help="write it without quotes")


def _check_stop(written: WrittenPattern) -> Iterator[Diagnostic]:
    """What only a stopped task has, asked of one that runs."""
    states = written.pattern.find("detail", "lastStatus")
    shapes = {one.detail_type for one in written.shapes}
    if shapes != {"ECS Task State Change"} or len(states) != 1:
        return
    (state,) = states
    if not state.is_listed or not all(one.operand in BEFORE_THE_STOP for one in state.words):
        return
    for name in AFTER_THE_STOP:
        for field in written.pattern.find("detail", name):
            if not any(one.operator == "exists" and one.operand is False for one in field.matchers):
                words = " or ".join(str(one.operand) for one in state.words)
                message = f"a task that is {words} has no {name}"
                yield _find(field, message, "write  lastStatus: [STOPPED]")


def _find(field: Field, message: str, help_text: str = "") -> Diagnostic:
    return RULE.find(Severity.ERROR, message, field.place, help=help_text)
