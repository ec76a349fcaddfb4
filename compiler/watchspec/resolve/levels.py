"""The levels of metrics, drawn as lines and bands."""

from __future__ import annotations

from watchspec.model.dashboards import Annotation, Line, Side
from watchspec.model.signals import NORMAL_LEVELS, Level
from watchspec.model.text import Text, join_text

_COLORS = {"warning": "#ff7f0e", "critical": "#d62728"}
_OTHER_COLOR = "#7f7f7f"


def draw_levels(lines: tuple[Line, ...]) -> tuple[Annotation, ...]:
    """The levels of the metrics as lines and bands, each metric's once."""
    drawn: list[Annotation] = []
    with_levels = {
        line.signal.key: line for line in lines if line.signal.levels and not line.is_hidden
    }
    for line in with_levels.values():
        prefix = join_text(line.signal.title, ": ") if len(with_levels) > 1 else ""
        levels = [level for level in line.signal.levels if level.name not in NORMAL_LEVELS]
        for upward in (True, False):
            ordered = sorted(
                (
                    level
                    for level in levels
                    if level.operator and (level.operator[0] == ">") is upward
                ),
                key=lambda level: level.value,
                reverse=not upward,
            )
            drawn.extend(
                _draw_direction(ordered, prefix, line.axis, "above" if upward else "below")
            )
        drawn.extend(
            Annotation(
                level.value,
                None,
                join_text(prefix, f"{level.name} {level.written}"),
                _color(level),
                "none",
                line.axis,
            )
            for level in levels
            if level.operator is None
        )
    return tuple(drawn)


def _draw_direction(levels: list[Level], prefix: Text, axis: Side, fill: str) -> list[Annotation]:
    """Levels that get worse in one direction: a band up to the next, the last without end."""
    drawn = []
    for index, level in enumerate(levels):
        following = levels[index + 1] if index + 1 < len(levels) else None
        label = join_text(prefix, f"{level.name} {level.operator} {level.written}")
        if following is None:
            drawn.append(Annotation(level.value, None, label, _color(level), fill, axis))
        else:
            drawn.append(
                Annotation(level.value, following.value, label, _color(level), "none", axis)
            )
    return drawn


def _color(level: Level) -> str:
    return _COLORS.get(level.name, _OTHER_COLOR)
