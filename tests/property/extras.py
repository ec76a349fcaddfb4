"""Things that can be added to any spec, as they need nothing and nobody needs them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from property.spec_text import Data

_QUEUE: Data = {"metric": "AWS/SQS NumberOfMessagesSent", "dimensions": {"QueueName": "extra"}}
EXTRAS: dict[str, Data] = {
    "notify": {"email": ["extra@example.com"]},
    "metrics": dict(_QUEUE),
    "logs": {"group": "/extra/${environment}", "retention": "1 day"},
    "alarms": {"severity": "info", "notify": [], "when": {**_QUEUE, "above": 5}},
    "events": {"severity": "info", "notify": [], "schedule": "rate(1 day)"},
    "queries": {"question": "What else?", "query": "fields @message"},
    "health_checks": {"host": "extra.example.com", "alarm": {"severity": "info", "notify": []}},
    "dashboards": {"rows": [{"text": "extra"}]},
}
_NAMES = {
    "notify": "extra-route",
    "metrics": "extra_metric",
    "logs": "Extra log",
    "alarms": "Extra.alarm 1",
    "events": "extra.event",
    "queries": "Extra query",
    "health_checks": "extra check",
    "dashboards": "Extra_dashboard",
}


def similar_names(section: str, spec: Data) -> Iterator[str]:
    """Names for another thing: one unlike all others, and some much like those there are."""
    yield _NAMES[section]
    for key in spec.get(section, {}):
        if "$" in key:
            continue
        yield f"{key}1"
        if section in {"notify", "metrics"}:
            yield f"{key}{'-' if section == 'notify' else '_'}a"
        else:
            yield from (key.upper(), key.replace("-", "_"), f"{key}-", f"{key}_")


def add_extra(spec: Data, section: str, name: str, control: Data, *, first: bool) -> Data:
    """A copy of the spec with one thing more, at the beginning or the end of its section."""
    added = deepcopy(spec)
    extra = {name: deepcopy(EXTRAS[section]) | control}
    present = added.get(section, {})
    added[section] = extra | present if first else present | extra
    return added
