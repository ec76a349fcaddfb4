"""What the check says can never happen does not happen in the simulator either."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from fuzz.examples import examples
from fuzz.metric_math import NAMES, TREES, write
from fuzz.test_fuzz_ranges import COMPARE, KNOWN, METRICS, is_near, values_in
from simulate.stories import START
from support import HEAD, compile_text, resolve_text
from watchspec.model.metric_ids import identify
from watchspec.model.signals import stats_of
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.data import RAW, Samples
from watchspec.simulate.judging import State
from watchspec.simulate.options import Options

MINUTES = 12
PLAIN = [{"metric": name} for name in NAMES]
SIMPLE = (
    "a + c",
    "a * c",
    "c - 1",
    "ABS(c - a)",
    "FILL(c, 0) * 100",
    "IF(b > 3, a)",
    "MAX([a, c])",
    "a / c",
)
WATCHED = (
    st.sampled_from(PLAIN)
    | st.sampled_from(SIMPLE).map(lambda text: {"expression": text})
    | TREES.map(lambda tree: {"expression": write(tree)})
)
SILENT = {"alarm/never-fires", "alarm/always-fires"}


@pytest.mark.slow
def test_an_alarm_that_never_fires_stays_quiet_and_one_that_always_does_is_never_fine(
    tmp_path: Path,
) -> None:
    @given(
        watched=WATCHED,
        sign=st.sampled_from(tuple(COMPARE)),
        threshold=st.sampled_from((-200, -1, 0, 1, 2, 100, 120, 500)),
        data=st.data(),
    )
    @examples(120)
    def try_one(watched: dict[str, str], sign: str, threshold: float, data: st.DataObject) -> None:
        when = {**watched, COMPARE[sign][0]: threshold}
        text = f"{HEAD}{METRICS}alarms: {{x: {json.dumps({'severity': 'info', 'when': when})}}}\n"
        compiled = compile_text(text, tmp_path)
        said = {one.rule for one in compiled.diagnostics} & SILENT
        assume(said)
        monitoring = resolve_text(text, tmp_path)
        sent = {}
        for signal in monitoring.signals:
            (stat,) = stats_of(signal.source)
            assert signal.key is not None
            drawn = [data.draw(values_in(KNOWN[signal.key])) for _ in range(MINUTES)]
            times = START + 60 * np.arange(MINUTES)
            values = np.array([np.nan if one is None else one for one in drawn], dtype=np.float64)
            sent[identify(stat, {})] = {RAW: Samples(times, values)}

        outcome = simulate_monitoring(monitoring, sent, START, MINUTES * 60, Options())

        event(f"{', '.join(sorted(said))}, {'unsupported' if outcome.unsupported else 'simulated'}")
        for history in outcome.histories.values():
            seen = history.values()
            assert seen is not None
            assume(not any(is_near(value, threshold) for value in seen))
            states = set(history.states.tolist())
            assert not ("alarm/never-fires" in said and State.ALARM in states)
            assert not ("alarm/always-fires" in said and State.OK in states)

    try_one()
