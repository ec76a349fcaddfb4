"""Backtests as tables for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watchspec.model.backtests import AlarmRecord, Backtest, Conduct, Setting, Sweep
from watchspec.model.text import say_duration
from watchspec.report.consoles import draw_lines
from watchspec.report.printable import make_printable

if TYPE_CHECKING:
    from rich.console import Console

_NOTHING = "-"
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
_SCORES = ("alarm", "precision", "recall", "time to detect")
_INCIDENT_HEADS = ("incident", "began", "lasted", "detected by", "time to detect")
_LONGEST_NAME = 36
_GAP = 2


def draw_backtests(backtests: Iterable[Backtest], *, width: int | None, color: bool) -> str:
    """Each service as tables: its alarms, the incidents, and other settings; width None = no limit."""

    def draw(console: Console) -> None:
        for backtest in backtests:
            _draw(console, backtest, width)

    return "\n".join(draw_lines(draw, width=width, color=color)) + "\n"


def describe_backtest(backtest: Backtest) -> dict[str, Any]:
    """A backtest as JSON data; times as ISO 8601."""
    described = asdict(backtest)
    described["start"], described["end"] = _iso(backtest.start), _iso(backtest.end)
    described["not_judged"] = [
        {"alarm": key, "reason": reason} for key, reason in described.pop("unjudged")
    ]
    for record, described_one in zip(backtest.records, described["records"], strict=True):
        del described_one["place"]
        _describe_conduct(described_one["conduct"], record.conduct)
    for sweep, described_one in zip(backtest.sweeps, described["sweeps"], strict=True):
        _describe_sweep(described_one, sweep)
    described["alarms"] = described.pop("records")
    described["incidents"] = [
        {
            "name": one.incident.name,
            "start": _iso(one.incident.start),
            "end": _iso(one.incident.end),
            "detected_by": [
                {"alarm": key, "time_to_detect_seconds": delay} for key, delay in one.told
            ],
        }
        for one in backtest.incidents
    ]
    return described


def _describe_sweep(described: dict[str, Any], sweep: Sweep) -> None:
    settings = [one for row in sweep.rows for one in row]
    written = [one for row in described["rows"] for one in row]
    for name, one in (("present", sweep.present), ("suggestion", sweep.suggestion)):
        if one is not None:
            settings.append(one)
            written.append(described[name])
    for one, target in zip(settings, written, strict=True):
        _describe_conduct(target["conduct"], one.conduct)


def _describe_conduct(described: dict[str, Any], conduct: Conduct) -> None:
    detection = conduct.detection
    if detection is not None:
        described["detection"] = {
            "precision": conduct.precision,
            "recall": detection.recall,
            "time_to_detect_seconds": detection.median_delay,
            "times_to_detect_seconds": detection.delays,
            "missed": detection.missed,
            "false_fires": detection.false,
        }


def _draw(console: Console, backtest: Backtest, width: int | None) -> None:
    is_bounded = width is not None
    count = len(backtest.records)
    total = count + len(backtest.unjudged)
    span = f"{_say_time(backtest.start)} to {_say_time(backtest.end)} UTC"
    lasted = _say(backtest.end - backtest.start)
    alarms = f"{count:,} of {total:,} alarm{'' if total == 1 else 's'} judged"
    _print(console, f"{backtest.service} in {backtest.environment}: {lasted}, {span}; {alarms}")
    if backtest.records:
        _table(console, _HEADS, map(_alarm_cells, backtest.records), is_bounded=is_bounded)
        pages = backtest.pages
        if any(one.severity == "critical" for one in backtest.records):
            worst = f"{pages.worst:,} in the worst 12 hours, {pages.mean:.2g} on average"
            _print(console, f"pages of critical alarms: {pages.count:,}; {worst}")
    for key, reason in backtest.unjudged:
        _print(console, f"not judged: {key}: {reason}")
    if backtest.incidents:
        if backtest.records:
            console.print()
            scores = ((one.key, *_scores(one.conduct)) for one in backtest.records)
            _table(console, _SCORES, scores, is_bounded=is_bounded)
        console.print()
        _table(console, _INCIDENT_HEADS, _incident_rows(backtest), is_bounded=is_bounded)
        told = sum(bool(one.told) for one in backtest.incidents)
        many = len(backtest.incidents)
        _print(console, f"{told:,} of {many:,} incident{'' if many == 1 else 's'} detected")
    for sweep in backtest.sweeps:
        console.print()
        _draw_sweep(console, sweep, width)
    console.print()


def _alarm_cells(one: AlarmRecord) -> Iterator[str]:
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


def _scores(conduct: Conduct) -> tuple[str, str, str]:
    """Precision, recall and time to detect; without incidents that concern the alarm, nothing."""
    detection = conduct.detection
    if detection is None or detection.recall is None:
        return _NOTHING, _NOTHING, _NOTHING
    precision = _say_part(conduct.fires - detection.false, conduct.fires)
    recall = _say_part(len(detection.delays), len(detection.delays) + len(detection.missed))
    median = detection.median_delay
    if median is None:
        return precision, recall, _NOTHING
    worst = max(detection.delays)
    return (
        precision,
        recall,
        _say(int(median)) + ("" if worst == median else f", at most {_say(worst)}"),
    )


def _say_part(count: int, total: int) -> str:
    return f"{count:,} of {total:,} ({_say_share(count / total)})" if total else _NOTHING


def _say_share(share: float | None) -> str:
    return _NOTHING if share is None else f"{100 * share:.0f} %"


def _incident_rows(backtest: Backtest) -> Iterator[Sequence[str]]:
    for one in backtest.incidents:
        incident = one.incident
        lasted = _say(incident.end - incident.start)
        names = ", ".join(key for key, _ in one.told)
        after = _say(one.told[0][1]) if one.told else _NOTHING
        yield incident.name, _say_time(incident.start), lasted, names or "missed", after


def _draw_sweep(console: Console, sweep: Sweep, width: int | None) -> None:
    length = say_duration(sweep.period_seconds)
    unit = f" {sweep.unit}" if sweep.unit not in {None, "None"} else ""
    title = f"{sweep.key}: threshold{unit} and how many data points of {length} must breach"
    _print(console, f"{title} (> as it is, * better)")
    columns = [["threshold", *(f"{sweep.operator} {row[0].threshold:,.10g}" for row in sweep.rows)]]
    columns += [["", *("\n".join(dict(_measures(sweep.present))) for _ in sweep.rows)]]
    first, *others = (
        [_say_window(row[0]), *(_setting_cell(one, sweep) for one in row)]
        for row in zip(*sweep.rows, strict=True)
    )
    tables = [[*columns, first]]
    for column in others:
        if width is None or _width([*tables[-1], column]) <= width:
            tables[-1].append(column)
        else:
            tables.append([*columns, column])
    for table in tables:
        heads, *rows = zip(*table, strict=True)
        _table(console, heads, rows, is_bounded=width is not None, numbers_from=len(columns))
    better = sweep.suggestion
    if better is not None:
        what = f"{sweep.operator} {better.threshold:,.10g}{unit} for {_say_window(better)}"
        was, now = _say_setting(sweep.present), _say_setting(better)
        _print(console, f"better: {what} data points of {length}: {now}; as it is: {was}")


def _width(columns: Iterable[Iterable[str]]) -> int:
    """How wide a table in a terminal is."""
    return sum(
        max(len(line) for cell in column for line in cell.split("\n")) + _GAP for column in columns
    )


def _setting_cell(one: Setting, sweep: Sweep) -> str:
    mark = "> " if one == sweep.present else "* " if one == sweep.suggestion else ""
    return mark + "\n".join(text for _, text in _measures(one))


def _measures(one: Setting) -> Iterator[tuple[str, str]]:
    """What an alarm would have done, each with its name."""
    conduct, detection = one.conduct, one.conduct.detection
    yield "fires", f"{conduct.fires:,}"
    yield "in ALARM", _say_briefly(conduct.alarm_seconds)
    if detection is not None and detection.recall is not None:
        median = detection.median_delay
        yield "precision", _say_share(conduct.precision)
        yield "recall", _say_share(detection.recall)
        yield "time to detect", _NOTHING if median is None else _say_briefly(median)


def _say_setting(one: Setting) -> str:
    detection = one.conduct.detection
    if detection is None or detection.recall is None:
        fires = f"{one.conduct.fires:,} time{'' if one.conduct.fires == 1 else 's'}"
        return f"goes off {fires}, {one.pages.worst:,} in the worst 12 hours"
    precision, recall, delay = _scores(one.conduct)
    return f"precision {precision}, recall {recall}, time to detect {delay}"


def _say_window(one: Setting) -> str:
    m, n = one.window
    return f"{n}" if m == n else f"{m} of {n}"


def _table(
    console: Console,
    heads: Sequence[str],
    rows: Iterable[Iterable[str]],
    *,
    is_bounded: bool,
    numbers_from: int | None = None,
) -> None:
    """A table; columns from `numbers_from` on end together."""
    from rich.measure import Measurement  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    lines = [list(row) for row in rows]
    name = min(max(len(row[0]) for row in lines), _LONGEST_NAME)
    for place, head in enumerate(heads):
        table.add_column(
            head,
            justify="left" if numbers_from is None or place < numbers_from else "right",
            min_width=name if place == 0 else None,
            overflow="fold",
            no_wrap=not is_bounded,
        )
    for row in lines:
        table.add_row(*(Text("\n".join(map(make_printable, cell.split("\n")))) for cell in row))
    least = Measurement.get(console, console.options, table).minimum
    console.print(table, width=max(console.width, least), crop=False)  # rather too wide than cut


def _print(console: Console, text: str) -> None:
    console.print(make_printable(text), markup=False, soft_wrap=True)


def _say(seconds: int) -> str:
    """A duration in its two largest units: 3 h 20 min."""
    parts: list[str] = []
    for size, unit in _UNITS:
        count, seconds = divmod(seconds, size)
        if count or (parts and len(parts) < len(("large", "small"))):
            parts.append(f"{count} {unit}" if count else "")
        if len(parts) == len(("large", "small")):
            break
    return " ".join(filter(None, parts)) or "0"


def _say_briefly(seconds: float) -> str:
    """A duration in its largest unit: 3.3 h."""
    size, unit = next((one for one in _UNITS if seconds >= one[0]), (1, ""))
    count = seconds / size
    return f"{count:.1f}".removesuffix(".0") + f" {unit}" if unit else "0"


def _say_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
