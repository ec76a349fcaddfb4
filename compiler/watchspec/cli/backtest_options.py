"""What `watchspec backtest` is told in words of its own."""

from __future__ import annotations

import re

import click

_SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_PICTURES = (".svg", ".png")


def read_since(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> int | None:
    """The seconds of `14d`, `36h` or `2w`."""
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]{1,6})([mhdw])", text.strip())
    if match is None or not int(match[1]):
        raise click.BadParameter(f'"{text}" is not a duration; write 14d, 36h or 2w')
    return int(match[1]) * _SECONDS[match[2]]


def read_picture(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """The path of a picture that can be drawn."""
    if text and not text.lower().endswith(_PICTURES):
        raise click.BadParameter(f'"{text}" ends neither in {" nor in ".join(_PICTURES)}')
    return text
