"""Hypothesis strategies: specs that use the whole language, as plain data; `spec_text` writes them.

Things only refer to things that exist wherever they do, so what is drawn here compiles. The parts are
drawn in the modules of `property.spec_parts`, one for each part of a spec.
"""

from __future__ import annotations

import os

from hypothesis import Phase, settings
from hypothesis import strategies as st

from property.spec_parts.alarms import add_alarms, add_loops, add_mutes
from property.spec_parts.dashboards import add_dashboards
from property.spec_parts.drawing import Drawing
from property.spec_parts.frame import add_changes, close_spec, open_spec
from property.spec_parts.happenings import add_events, add_health_checks
from property.spec_parts.logs import add_logs, add_queries
from property.spec_parts.metrics import add_math, add_metrics
from property.spec_parts.routes import add_routes
from property.spec_text import Data, find_lines, shuffle_keys, write_spec

__all__ = ["Data", "examples", "find_lines", "shuffle_keys", "specs", "write_spec"]

_PHASES = (Phase.explicit, Phase.generate)
_SHRINKING = (*_PHASES, Phase.shrink)


def examples(count: int) -> settings:
    """So many examples. Making a failing spec smaller takes minutes, so that is for those who ask.

    They run the test with SHRINK=1 in their environment.
    """
    return settings(max_examples=count, phases=_SHRINKING if "SHRINK" in os.environ else _PHASES)


@st.composite
def specs(draw_fn: st.DrawFn) -> Data:
    """A spec that compiles, with any of the words of the language."""
    draw = Drawing(draw_fn)
    open_spec(draw)
    add_routes(draw)
    add_metrics(draw)
    add_logs(draw)
    add_math(draw)
    add_alarms(draw)
    add_health_checks(draw)
    add_loops(draw)
    add_events(draw)
    add_queries(draw)
    add_dashboards(draw)
    add_mutes(draw)
    add_changes(draw)
    return close_spec(draw)
