"""A Metrics Insights query says of its series together what it says of all metrics at once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.examples import examples
from support import HEAD, resolve_text
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import RAW, Data, Floats, Samples
from watchspec.simulate.measures import measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid

START, SIZE = 1_773_014_400, 5
POINTS = st.lists(st.none() | st.integers(-9, 9).map(float), min_size=SIZE, max_size=SIZE)
METRICS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(("", "x", "y"))), POINTS, max_size=6
)


def ask(expression: str, clauses: str, known: Data, folder: Path) -> Floats:
    text = f"metrics:\n  q: {{query: {json.dumps('SELECT ' + clauses)}}}\n"
    text += f"  it: {{expression: {expression}}}\n"
    signals = {signal.key: signal for signal in resolve_text(HEAD + text, folder).signals}
    measured = measure_signal(signals["it"].source, known, Grid(START, 60, SIZE), Options())
    return measured.requests(1)[:, -1]


@pytest.mark.parametrize(
    ("function", "joined"), [("SUM", "SUM"), ("COUNT", "SUM"), ("MAX", "MAX"), ("MIN", "MIN")]
)
@given(metrics=METRICS)
@settings(examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_add_up(
    function: str,
    joined: str,
    metrics: dict[tuple[str, str], list[float | None]],
    tmp_path: Path,
) -> None:
    data: dict[MetricId, dict[str, Samples]] = {}
    for (host, shard), points in metrics.items():
        labels = (("Host", host), *([("Shard", shard)] if shard else []))
        column = np.array(points, dtype=np.float64)
        exists = ~np.isnan(column)
        times = START + 60 * np.arange(SIZE)
        data[MetricId("Shop", "Load", labels, "eu-west-1")] = {
            RAW: Samples(times[exists], column[exists])
        }
    whole = ask("1 * q", f"{function}(Load) FROM Shop", data, tmp_path)

    for group in ("Host", "Shard", "Host, Shard"):
        parts = f"{function}(Load) FROM Shop GROUP BY {group} ORDER BY MAX()"
        np.testing.assert_array_equal(ask(f"{joined}(q)", parts, data, tmp_path), whole)
