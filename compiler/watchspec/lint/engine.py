"""cfn-lint itself: loaded once in a process, then run on one template after the other.

Its configuration files, its schema cache in the user's home and the garbage collector are kept out:
the same template gives the same findings on any machine, and sooner.
"""

from __future__ import annotations

import gc
import os
from functools import cache
from typing import Any, NamedTuple


class LintMatch(NamedTuple):
    """What cfn-lint says: its rule, `error`, `warning` or `informational`, and where in the template."""

    rule: str
    severity: str
    message: str
    path: tuple[str, ...]


def load_engine() -> None:
    """Import cfn-lint and read its rules: the costly part."""
    _rules()


def lint_text(text: str, region: str) -> tuple[LintMatch, ...]:
    """What cfn-lint says of a template for a Region, in a stable order."""
    rules = _rules()
    from cfnlint.config import ConfigMixIn  # noqa: PLC0415 - only after _rules has set the stage
    from cfnlint.decode import decode_str  # noqa: PLC0415
    from cfnlint.runner.template import run_template_by_data  # noqa: PLC0415

    template, problems = decode_str(text)
    found = list(problems)
    if template is not None:
        config = ConfigMixIn([], regions=[_known_region(region)], config_file=os.devnull)
        found.extend(run_template_by_data(template, config, rules))
    # The steps of a path are strings of cfn-lint's own that cannot travel between processes.
    matches = (
        LintMatch(
            match.rule.id,
            match.rule.severity,
            str(match.message),
            tuple(map(str, getattr(match, "path", None) or ())),
        )
        for match in found
    )
    return tuple(sorted(set(matches), key=lambda match: (match.path, match.rule, match.message)))


@cache
def _rules() -> Any:  # noqa: ANN401 - cfn-lint is not typed
    gc.disable()
    for name in ("HOME", "LOCALAPPDATA", "XDG_CACHE_HOME"):
        os.environ[name] = os.devnull  # where it would look for newer schemas and for settings
    from cfnlint.config import ConfigMixIn  # noqa: PLC0415 - takes half a second
    from cfnlint.runner.cli import Runner  # noqa: PLC0415

    rules = Runner(ConfigMixIn([], config_file=os.devnull)).rules
    gc.freeze()
    gc.enable()
    return rules


def _known_region(region: str) -> str:
    """A Region newer than cfn-lint is linted as us-east-1, which has every resource type."""
    from cfnlint.helpers import REGIONS  # noqa: PLC0415

    return region if region in REGIONS else "us-east-1"
