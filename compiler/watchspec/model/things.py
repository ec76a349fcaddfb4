"""Where the things of a spec stand: what may be repeated, limited and excused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Things: TypeAlias = "Mapping[str, Things]"
"""A kind of thing: the keys under which it holds things of its own, and their kind."""

PLAIN: Things = {}
_WIDGET: Things = dict.fromkeys(("graph", "number", "gauge", "bar", "pie", "table"), PLAIN)
SECTIONS: Things = {
    "alarms": PLAIN,
    "dashboards": {"rows": _WIDGET},
    "events": PLAIN,
    "health_checks": PLAIN,
    "logs": {"metrics": PLAIN},
    "metrics": PLAIN,
    "mutes": PLAIN,
    "notify": PLAIN,
    "queries": PLAIN,
    "tests": {"expect": PLAIN},
}
"""Where things stand. Anywhere else `only`, `for_each` and `ignore` are words like any other."""
