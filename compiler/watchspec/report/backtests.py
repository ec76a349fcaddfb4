"""Backtests as tables for people, and as JSON for programs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watchspec.model.backtests import AlarmRecord, Backtest, Conduct, Setting, Sweep
from watchspec.model.text import say_duration
from watchspec.report.printable import make_printable

if TYPE_CHECKING:
    from rich.console import Console

_UNLIMITED = 10_000
_NOTHING = "-"
_TWO = 2
_LONGEST_NAME = 36
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_HEADS = (
    "alarm",
    "fires",
    "in ALARM",
    "longest",
    "longest quiet",
    "changes/h",
    "pages/12 h",
    "silence",
)
_SCORES = ("false", "told of", "after")


def draw_backtests(backtests: Iterable[Backtest], *, width: int | None, color: bool) -> str:
    """Each service as tables: its alarms, the incidents, and other settings; width None = no limit."""
    from rich.console import Console  # noqa: PLC0415 - few runs draw a table

    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width or _UNLIMITED,
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
        highlight=False,
    )
    for backtest in backtests:
        _draw(console, backtest, is_bounded=width is not None)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def describe_backtest(backtest: Backtest) -> dict[str, Any]:
    """A backtest as JSON data; times as ISO 8601."""
    described = asdict(backtest)
    described["start"], described["end"] = _iso(backtest.start), _iso(backtest.end)
    described["not_judged"] = [
        {"alarm": key, "reason": reason} for key, reason in described.pop("unjudged")
    ]
    for record in described["records"]:
        del record["place"]
    described["alarms"] = described.pop("records")
    described["incidents"] = [
        {
            "name": one.incident.name,
            "start": _iso(one.incident.start),
            "end": _iso(one.incident.end),
            "told": [{"alarm": key, "delay_seconds": delay} for key, delay in one.told],
        }
        for one in backtest.incidents
    ]
    return described


def _draw(console: Console, backtest: Backtest, *, is_bounded: bool) -> None:
    count = len(backtest.records)
    total = count + len(backtest.unjudged)
    span = f"{_say_time(backtest.start)} to {_say_time(backtest.end)} UTC"
    lasted = _say(backtest.end - backtest.start)
    alarms = f"{count:,} of {total:,} alarm{'' if total == 1 else 's'} judged"
    _print(console, f"{backtest.service} in {backtest.environment}: {lasted}, {span}; {alarms}")
    if backtest.records:
        heads = (*_HEADS, *(_SCORES if backtest.incidents else ()))
        rows = (_alarm_cells(one, with_scores=bool(backtest.incidents)) for one in backtest.records)
        _table(console, heads, rows, is_bounded=is_bounded)
        pages = backtest.pages
        if any(one.severity == "critical" for one in backtest.records):
            worst = f"{pages.worst:,} in the worst 12 hours, {pages.mean:.2g} on average"
            _print(console, f"pages of critical alarms: {pages.count:,}; {worst}")
    for key, reason in backtest.unjudged:
        _print(console, f"not judged: {key}: {reason}")
    if backtest.incidents:
        console.print()
        heads = ("incident", "began", "lasted", "told by", "after")
        _table(console, heads, _incident_rows(backtest), is_bounded=is_bounded)
        told = sum(bool(one.told) for one in backtest.incidents)
        many = len(backtest.incidents)
        _print(console, f"{told:,} of {many:,} incident{'' if many == 1 else 's'} told of")
    for sweep in backtest.sweeps:
        console.print()
        _draw_sweep(console, sweep, is_bounded=is_bounded)
    console.print()


def _alarm_cells(one: AlarmRecord, *, with_scores: bool) -> Iterator[str]:
    conduct, silence = one.conduct, one.silence
    yield one.key
    yield f"{conduct.fires:,}"
    yield _say(conduct.alarm_seconds)
    yield _say(conduct.longest_seconds)
    yield _say(conduct.quiet_seconds)
    yield f"{conduct.changes_an_hour:,}" + (" flapping" if conduct.is_flapping else "")
    yield f"{one.pages.worst:,} / {one.pages.mean:.2g}"
    if silence is None:
        yield _NOTHING
    else:
        told = f", {silence.told:,}× {_say(silence.told_seconds)}" if silence.told else ""
        yield f"{_say(silence.longest_seconds)} of {_say(silence.range_seconds)}{told}"
    if with_scores:
        yield from _scores(conduct)


def _scores(conduct: Conduct) -> Iterator[str]:
    detection = conduct.detection
    if detection is None or detection.recall is None:
        yield from (_NOTHING, _NOTHING, _NOTHING)
        return
    count = len(detection.delays) + len(detection.missed)
    precision = conduct.precision
    yield f"{detection.false:,}" + ("" if precision is None else f" ({1 - precision:.0%})")
    yield f"{len(detection.delays):,} of {count:,} ({detection.recall:.0%})"
    median = detection.median_delay
    if median is None:
        yield _NOTHING
    else:
        worst = max(detection.delays)
        yield _say(int(median)) + ("" if worst == median else f", at most {_say(worst)}")


def _incident_rows(backtest: Backtest) -> Iterator[Sequence[str]]:
    for one in backtest.incidents:
        incident = one.incident
        lasted = _say(incident.end - incident.start)
        names = ", ".join(key for key, _ in one.told)
        after = _say(one.told[0][1]) if one.told else _NOTHING
        yield incident.name, _say_time(incident.start), lasted, names or "missed", after


def _draw_sweep(console: Console, sweep: Sweep, *, is_bounded: bool) -> None:
    length = say_duration(sweep.period_seconds)
    unit = f" {sweep.unit}" if sweep.unit not in {None, "None"} else ""
    title = f"{sweep.key}: threshold{unit} and how many data points of {length} must breach"
    _print(console, f"{title} (> as it is, * better)")
    windows = [_say_window(one) for one in sweep.rows[0]]
    rows = (
        [
            f"{sweep.operator} {row[0].threshold:,.10g}",
            *(_setting_cell(one, sweep, is_bounded=is_bounded) for one in row),
        ]
        for row in sweep.rows
    )
    _table(console, ["threshold", *windows], rows, is_bounded=is_bounded)
    better = sweep.suggestion
    if better is not None:
        what = f"{sweep.operator} {better.threshold:,.10g}{unit} for {_say_window(better)}"
        was, now = _say_setting(sweep.present), _say_setting(better)
        _print(console, f"better: {what} data points of {length}: {now}; as it is: {was}")


def _setting_cell(one: Setting, sweep: Sweep, *, is_bounded: bool) -> str:
    """What a setting would do; in a terminal on short lines, so that many stand beside each other."""
    mark = ">" if one == sweep.present else "*" if one == sweep.suggestion else " "
    units = 1 if is_bounded else _TWO
    lines = [f"{mark} {one.conduct.fires:,}× {_say(one.conduct.alarm_seconds, units)}"]
    detection = one.conduct.detection
    if detection is not None and detection.recall is not None:
        told = f"{len(detection.delays)}/{len(detection.delays) + len(detection.missed)} told"
        false = f"{detection.false:,} false"
        lines += [told, false] if is_bounded else [f"{told}, {false}"]
        if detection.median_delay is not None:
            after = _say(int(detection.median_delay), units)
            lines.append(f"in {after}" if is_bounded else f"after {after}")
    return "\n  ".join(lines)


def _say_setting(one: Setting) -> str:
    fires = f"{one.conduct.fires:,} time{'' if one.conduct.fires == 1 else 's'}"
    detection = one.conduct.detection
    if detection is None or detection.recall is None:
        return f"goes off {fires}, {one.pages.worst:,} in the worst 12 hours"
    count = len(detection.delays) + len(detection.missed)
    told = f"tells of {len(detection.delays)} of {count}"
    return f"{told}, goes off {fires}, {detection.false:,} of them false"


def _say_window(one: Setting) -> str:
    m, n = one.window
    return f"{n}" if m == n else f"{m} of {n}"


def _table(
    console: Console, heads: Sequence[str], rows: Iterable[Iterable[str]], *, is_bounded: bool
) -> None:
    from rich.measure import Measurement  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    lines = [list(row) for row in rows]
    name = min(max(len(row[0]) for row in lines), _LONGEST_NAME)
    for place, head in enumerate(heads):
        width = name if place == 0 else None
        table.add_column(head, overflow="fold", no_wrap=not is_bounded, min_width=width)
    for row in lines:
        table.add_row(*(Text("\n".join(map(make_printable, cell.split("\n")))) for cell in row))
    least = Measurement.get(console, console.options, table).minimum
    console.print(table, width=max(console.width, least), crop=False)  # rather too wide than cut


def _print(console: Console, text: str) -> None:
    console.print(make_printable(text), markup=False, soft_wrap=True)


def _say(seconds: int, units: int = _TWO) -> str:
    """A duration in so many of its largest units: 3 h 20 min."""
    first = next((place for place, (size, _) in enumerate(_UNITS) if seconds >= size), 0)
    parts = []
    for size, unit in _UNITS[first : first + units]:
        count, seconds = divmod(seconds, size)
        parts += [f"{count} {unit}"] if count else []
    return " ".join(parts) or "0"


def _say_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
