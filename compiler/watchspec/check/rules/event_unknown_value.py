"""An event pattern waits for a value that the events never have.

Why: values are matched letter by letter, so the rule never fires for it and nobody hears of it.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  out-of-memory:
    severity: info
    pattern:
      source: [aws.ecs]
      detail-type: [ECS Task State Change]
      detail: {lastStatus: [STOPPED], stopCode: [OutOfMemory]}
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
  out-of-memory:
    severity: info
    pattern:
      source: [aws.ecs]
      detail-type: [ECS Task State Change]
      detail: {lastStatus: [STOPPED], stopCode: [EssentialContainerExited], containers: {exitCode: [137]}}
```

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html and
https://docs.aws.amazon.com/eventbridge/latest/ref/events.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.event_fields import DETAIL_TYPES, NOT_VALUES, VIA_CLOUDTRAIL
from watchspec.check.event_shapes import WrittenPattern, find_slip, read_patterns
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten, suggest_name
from watchspec.model.event_patterns import Field, Matcher
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/unknown-value", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Values no event has; an error where it can only be a slip of the pen."""
    for written in read_patterns(monitoring):
        sources = [one for field in written.pattern.find("source") for one in field.words]
        types = [one for field in written.pattern.find("detail-type") for one in field.words]
        yield from _check_sources(written, sources, types)
        yield from _check_types(written, [str(one.operand) for one in sources], types)
        for field in written.pattern.fields:
            if field.path[0] == "detail":
                yield from _check_detail(written, field)


def _check_sources(
    written: WrittenPattern, sources: list[Matcher], types: list[Matcher]
) -> Iterator[Diagnostic]:
    """Sources that do not send what the pattern waits for; nobody but AWS may be `aws.…`."""
    names = [str(one.operand) for one in types]
    senders = [key for key, sent in DETAIL_TYPES.items() if names and set(names) <= set(sent)]
    if written.has_alternatives or any(one.operand in senders for one in sources):
        senders = []  # somebody sends it, or each alternative has a source of its own
    for one in sources:
        word = str(one.operand)
        if word not in DETAIL_TYPES and word.lower() in DETAIL_TYPES:
            message, meant = f'no event has the source "{shorten(word)}"', word.lower()
        elif senders and word.startswith("aws."):
            message, meant = f'"{shorten(word)}" sends no event "{names[0]}"', senders[0]
        else:
            continue
        yield RULE.find(Severity.ERROR, message, one.place, help=f"write {meant}")


def _check_types(
    written: WrittenPattern, sources: list[str], types: list[Matcher]
) -> Iterator[Diagnostic]:
    """Kinds of events, where those of every source of the pattern are known."""
    fields = written.pattern.find("source")
    if not sources or not all(field.is_listed for field in fields):
        return
    if not all(source in DETAIL_TYPES for source in sources):
        return
    known = tuple(name for source in sources for name in DETAIL_TYPES[source])
    every = {name for names in DETAIL_TYPES.values() for name in names}
    for one in types:
        if one.operand not in {*known, *VIA_CLOUDTRAIL, *every}:
            yield _find(
                one,
                f'no event of {" or ".join(sources)} is called "{shorten(str(one.operand))}"',
                known,
            )


def _check_detail(written: WrittenPattern, field: Field) -> Iterator[Diagnostic]:
    """The values of fields of which all values are known, in every event the pattern matches."""
    path = ".".join(field.path[1:])
    listed = [one.values.get(path, ()) for one in written.shapes]
    known = tuple(value for values in listed for value in values)
    for one in field.words if listed and all(listed) else ():
        fact = NOT_VALUES.get((path, str(one.operand)))
        message = f'"{shorten(str(one.operand))}" is no {path} of an event "{written.shapes[0].detail_type}"'
        if fact:
            yield RULE.find(Severity.ERROR, message, one.place, help=fact)
        elif one.operand not in known:
            yield _find(one, message, known)


def _find(one: Matcher, message: str, known: tuple[str, ...]) -> Diagnostic:
    word = str(one.operand)
    return RULE.find(
        Severity.ERROR if find_slip(word, known) else Severity.WARNING,
        message,
        one.place,
        hint=suggest_name(word, known),
        help="" if suggest_name(word, known) else f"one of: {', '.join(known)}",
    )
