"""Every kind of finding, from every room, and which of them can be ignored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from watchspec.backtest import rules as backtest
from watchspec.check import RULES as CHECKS
from watchspec.check.estate import SAME_NAME
from watchspec.diagnostics import Rule
from watchspec.emit import rules as emit
from watchspec.expand import rules as expand
from watchspec.feed import rules as feed
from watchspec.fetch import rules as fetch
from watchspec.ignore.rules import RULES as IGNORE
from watchspec.lint.rules import RULES as LINT
from watchspec.load.rules import RULES as LOAD
from watchspec.resolve import rules as resolve
from watchspec.test.rules import RULES as TEST
from watchspec.validate import rules as validate
from watchspec.write.rules import RULES as WRITE

Ignorable: TypeAlias = Literal["yes", "as a warning", "no"]

OPINIONS: tuple[Rule, ...] = (
    *(rule for rule, _ in CHECKS),
    SAME_NAME,
    validate.BAD_WIDGET,
    *LINT,
)
"""They look at what has been understood already, so there is a template whatever they say."""
ADVICE: tuple[Rule, ...] = (
    backtest.COARSE_DATA,
    backtest.FLAPPING,
    backtest.TOO_MANY_PAGES,
    emit.EMPTY,
    emit.NEEDS_BUCKET,
    expand.UNUSED_NAME,
    feed.CONFLICTING_VALUES,
    feed.INCOMPLETE,
    feed.UNKNOWN_COLUMN,
    fetch.NO_LONGER_KEPT,
    resolve.NO_EFFECT,
    resolve.UNKNOWN_FUNCTION,
    resolve.UNKNOWN_REGION,
    resolve.WRONG_PLACE,
    validate.UNKNOWN_PROPERTY,
)
"""Of the other rules, those that may be no more than a warning or a note."""
ALL_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *LOAD,
            *validate.RULES,
            *expand.RULES,
            *feed.RULES,
            *backtest.RULES,
            *fetch.RULES,
            *resolve.RULES,
            *emit.RULES,
            *WRITE,
            *TEST,
            *IGNORE,
            *OPINIONS,
        ),
        key=lambda rule: rule.id,
    )
)
IGNORABLE: Mapping[str, Ignorable] = {
    rule.id: "yes" if rule in OPINIONS else "as a warning" if rule in ADVICE else "no"
    for rule in ALL_RULES
}
