"""What the compiler says back: an alarm as one sentence, and the text that travels with it.

If the words are wrong, the alarm is wrong.
"""

from __future__ import annotations

from watchspec.model.alarms import Band, Combination, Condition, Runbook, Window
from watchspec.model.signals import PLAIN_STATISTICS, MetricMath, MetricStat
from watchspec.model.text import Text, capitalize, join_text, say_duration

_OPERATORS = {">": "above", ">=": "at or above", "<": "below", "<=": "at or below"}
_BANDS = {
    "outside": "outside its expected band",
    "above": "above its expected band",
    "below": "below its expected band",
}


def say_condition(condition: Condition, state: str = "") -> Text:
    """The condition of an alarm as a sentence without a full stop.

    `state` says the comparison in other words where numbers stand for something.
    """
    if isinstance(condition, Combination):
        return condition.words
    signal = condition.signal
    source = signal.source
    is_formula = isinstance(source, MetricMath) and signal.title == source.expression
    subject = signal.title if is_formula else capitalize(signal.title)
    if isinstance(source, MetricStat) and source.statistic not in PLAIN_STATISTICS:
        subject = join_text(subject, f" ({source.statistic})")
    if state:
        pass
    elif isinstance(condition, Band):
        width = f"{condition.deviations:g} standard deviation"
        width += "" if condition.deviations == 1 else "s"
        state = f"{_BANDS[condition.side]} ({width})"
    else:
        state = f"{_OPERATORS[condition.operator]} {condition.written}"
    window = say_window(condition.window, signal.period_seconds)
    return join_text(subject, f" {state} {window}")


def say_window(window: Window, period_seconds: int) -> str:
    """How long a condition must hold."""
    periods, of = window.evaluation_periods, window.datapoints_to_alarm
    if of == periods:
        return f"for {say_duration(periods * period_seconds)}"
    return f"in {of} of {periods} periods of {say_duration(period_seconds)}"


def say_runbook(runbook: Runbook, links: tuple[tuple[str, Text], ...]) -> tuple[Text, ...]:
    """The lines of a runbook: impact, numbered steps, links."""
    lines: list[Text] = []
    if runbook.impact:
        lines.append(join_text("Impact: ", runbook.impact))
    lines.extend(join_text(f"{index}. ", step) for index, step in enumerate(runbook.steps, 1))
    lines.extend(join_text(f"{title}: ", url) for title, url in (*runbook.links, *links))
    return tuple(lines)


def join_lines(lines: tuple[Text, ...]) -> Text:
    """Lines as one text."""
    pieces: list[Text] = []
    for line in lines:
        pieces.extend(("\n", line) if pieces else (line,))
    return join_text(*pieces)
