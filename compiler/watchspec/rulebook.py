"""Every kind of finding, from every room."""

from __future__ import annotations

from watchspec.check.estate import SAME_NAME
from watchspec.check.registry import RULES as CHECKS
from watchspec.diagnostics import Rule
from watchspec.emit.rules import RULES as EMIT
from watchspec.expand.rules import RULES as EXPAND
from watchspec.lint.rules import RULES as LINT
from watchspec.load.rules import RULES as LOAD
from watchspec.resolve.rules import RULES as RESOLVE
from watchspec.validate.rules import RULES as VALIDATE
from watchspec.write.rules import RULES as WRITE

ALL_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *LOAD,
            *VALIDATE,
            *EXPAND,
            *RESOLVE,
            *(rule for rule, _ in CHECKS),
            SAME_NAME,
            *EMIT,
            *LINT,
            *WRITE,
        ),
        key=lambda rule: rule.id,
    )
)
