"""Alarms as a picture: their series, thresholds and states, and what other settings would do."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from watchspec.backtest.case import Case
from watchspec.backtest.conduct import concerns, find_spans
from watchspec.diagnostics import shorten
from watchspec.model.alarms import Threshold
from watchspec.model.backtests import Backtest, Setting, Sweep
from watchspec.model.text import say_duration, show_text
from watchspec.simulate.data import Floats, Times
from watchspec.simulate.histories import History
from watchspec.simulate.judging import State

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

MOST_ALARMS = 12
"""So many fit into one picture; the most restless are drawn."""
_STRETCHES = 1_500
"""More than a graph is dots wide."""
_COLORS = {State.OK: "#2e7d32", State.INSUFFICIENT_DATA: "#9e9e9e", State.ALARM: "#c62828"}
"""In the order in which they are drawn, so that a short ALARM is seen."""
_LEAST_SHARE = 300
"""A state is at least such a part of the whole wide, so that minutes in a month are seen."""
_FEW_FIRES = 20
"""Up to so many are pale, however few the others are."""
_LINE, _INCIDENT, _THRESHOLD = "#1f4e79", "#f9a825", "#c62828"
_STYLE: dict[str, Any] = {
    "svg.hashsalt": "watchspec",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
}
_ROW_INCHES, _GRAPH_INCHES, _SWEEP_INCHES = 2.9, 12.0, 6.0
_METADATA = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
FORMS = tuple(_METADATA)
"""The ends of names that say as what a picture is written."""


def draw_case(case: Case, backtest: Backtest, path: str) -> None:
    """Write the picture, as SVG or PNG by the end of the path; the same backtest gives the same bytes.

    Of many alarms those that went off most often are drawn. OSError if it cannot be written.
    """
    import matplotlib.style  # noqa: PLC0415 - only who draws loads it
    from matplotlib.figure import Figure  # noqa: PLC0415

    with matplotlib.style.context(["default", _STYLE]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)  # a box stands in for it
        keys = _choose(backtest)
        width = _GRAPH_INCHES + (_SWEEP_INCHES if backtest.sweeps else 0)
        size = width, _ROW_INCHES * len(keys) + 0.6
        figure = Figure(figsize=size, layout="constrained")
        _draw(figure, case, keys, {one.key: one for one in backtest.sweeps})
        figure.savefig(path, dpi=100, metadata=_METADATA[path.rpartition(".")[2].lower()])


def _choose(backtest: Backtest) -> tuple[str, ...]:
    most = sorted(backtest.records, key=lambda one: -one.conduct.fires)[:MOST_ALARMS]
    return tuple(one.key for one in backtest.records if one in most)


def _draw(figure: Figure, case: Case, keys: Sequence[str], sweeps: Mapping[str, Sweep]) -> None:
    outcome = case.simulate(case.monitoring, keys)
    rows = figure.add_gridspec(
        2 * len(keys),
        2 if sweeps else 1,
        height_ratios=[8, 1] * len(keys),
        width_ratios=[2, 1] if sweeps else [1],
    )
    figure.suptitle(
        f"{case.monitoring.service} in {case.monitoring.environment.name}, "
        f"{_say_time(case.period.start)} to {_say_time(case.period.end)} UTC"
    )
    bars = [_frame((0, 0), color, is_filled=True) for color in _COLORS.values()]
    names = [state.name for state in _COLORS]
    figure.legend(bars, names, loc="outside lower left", ncols=len(names), frameon=False)
    for number, key in enumerate(keys):
        graph = figure.add_subplot(rows[2 * number, 0])
        strip = figure.add_subplot(rows[2 * number + 1, 0], sharex=graph)
        _draw_series(graph, outcome.histories[key], case)
        _draw_states(strip, outcome.histories[key])
        if key in sweeps:
            _draw_sweep(figure.add_subplot(rows[2 * number : 2 * number + 2, 1]), sweeps[key])


def _draw_series(axes: Axes, history: History, case: Case) -> None:
    alarm = history.alarm
    axes.set_title(f"{alarm.key}: {show_text(alarm.sentence)}")
    values = history.values()
    condition = alarm.condition
    if values is not None:
        times, shown = _thin(history.grid.ends, values)
        axes.plot(_dates(times), shown, color=_LINE, linewidth=0.8, zorder=3)
    if isinstance(condition, Threshold):
        label = f"{condition.operator} {condition.written}"
        axes.axhline(condition.value, color=_THRESHOLD, linewidth=1.2, linestyle="--", zorder=4)
        axes.annotate(
            label,
            (1, condition.value),
            xycoords=("axes fraction", "data"),
            xytext=(3, 0),
            textcoords="offset points",
            color=_THRESHOLD,
            va="center",
        )
        axes.set_ylabel(condition.signal.unit or "")
    else:
        axes.set_yticks([])
    for incident in case.incidents:
        if concerns(incident, alarm.key):
            start, end = _dates(np.array([incident.start, incident.end]))
            axes.axvspan(start, end, color=_INCIDENT, alpha=0.3, linewidth=0, zorder=1)
            axes.annotate(
                shorten(incident.name, 30),
                (start, 1),
                xycoords=("data", "axes fraction"),
                xytext=(2, -2),
                textcoords="offset points",
                va="top",
                fontsize=8,
                clip_on=True,
            )
    start, end = _dates(np.array([case.period.start, case.period.end]))
    axes.set_xlim(start, end)
    axes.tick_params(labelbottom=False)


def _draw_states(axes: Axes, history: History) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter  # noqa: PLC0415

    least = history.grid.size * history.grid.step // _LEAST_SHARE
    for state, color in _COLORS.items():
        spans = find_spans(history.states == state, history.grid)
        spans[:, 1] = np.maximum(spans[:, 1], spans[:, 0] + least)
        bars = [(start, end - start) for start, end in (_dates(span) for span in spans)]
        axes.broken_barh(bars, (0, 1), facecolors=color, edgecolors=color, linewidth=0.8)
    axes.set_yticks([])
    axes.set_ylim(0, 1)
    axes.spines[:].set_visible(False)
    locator = AutoDateLocator(tz=UTC)  # type: ignore[no-untyped-call]  # matplotlib types some
    axes.xaxis.set_major_locator(locator)
    form = ConciseDateFormatter(locator, tz=UTC)  # type: ignore[no-untyped-call]  # see above
    axes.xaxis.set_major_formatter(form)


def _draw_sweep(axes: Axes, sweep: Sweep) -> None:
    """How often the alarm goes off at each setting; in frames the present one and a better one."""
    fires = np.array([[one.conduct.fires for one in row] for row in sweep.rows])
    most = float(np.log1p(max(int(fires.max()), _FEW_FIRES)))
    axes.imshow(np.log1p(fires), cmap="YlOrRd", aspect="auto", origin="lower", vmin=0, vmax=most)
    for row, settings in enumerate(sweep.rows):
        for column, one in enumerate(settings):
            color = "white" if np.log1p(one.conduct.fires) > 0.65 * most else "black"
            axes.text(
                column, row, _say_cell(one), ha="center", va="center", color=color, fontsize=8
            )
            for framed, edge in ((sweep.present, "black"), (sweep.suggestion, "#2e7d32")):
                if one == framed:
                    corner = column - 0.48, row - 0.46
                    axes.add_patch(_frame(corner, edge))
    windows = [_say_window(one) for one in sweep.rows[0]]
    axes.set_xticks(range(len(windows)), windows)
    axes.set_yticks(range(len(sweep.rows)), [f"{row[0].threshold:,.6g}" for row in sweep.rows])
    axes.set_ylabel(f"threshold ({sweep.operator})")
    axes.set_xlabel(f"data points to alarm, of {say_duration(sweep.period_seconds)} each")
    detection = sweep.present.conduct.detection
    is_scored = detection is not None and detection.recall is not None
    what = "fires (recall)" if is_scored else "fires"
    better = "; green: better" if sweep.suggestion else ""
    axes.set_title(f"{what} at each setting; black: as it is{better}")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _frame(corner: tuple[float, float], color: str, *, is_filled: bool = False) -> Rectangle:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    return Rectangle(corner, 0.96, 0.92, fill=is_filled, color=color, linewidth=2)


def _say_cell(one: Setting) -> str:
    detection = one.conduct.detection
    if detection is None or detection.recall is None:
        return f"{one.conduct.fires:,}"
    count = len(detection.delays)
    return f"{one.conduct.fires:,} ({count}/{count + len(detection.missed)})"


def _say_window(one: Setting) -> str:
    m, n = one.window
    return str(n) if m == n else f"{m} of {n}"


def _thin(times: Times, values: Floats) -> tuple[Times, Floats]:
    """A series that is no longer than a picture can show: of each stretch the lowest and the highest."""
    size = -(-len(values) // _STRETCHES)
    if size <= len(("lowest", "highest")):
        return times, values
    padding = -len(values) % size
    padded = np.concatenate((values, np.full(padding, np.nan))).reshape(-1, size)
    starts = times[::size]
    pairs = np.stack((np.fmin.reduce(padded, axis=1), np.fmax.reduce(padded, axis=1)), axis=1)
    step = int(times[1] - times[0])
    return np.stack((starts, starts + step * (size // 2)), axis=1).ravel(), pairs.ravel()


def _dates(times: Times) -> Any:  # noqa: ANN401 - what matplotlib takes for a time
    return times.astype("datetime64[s]")


def _say_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
