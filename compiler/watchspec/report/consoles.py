"""Tables as text."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_UNLIMITED = 10_000


def draw_lines(draw: Callable[[Console], None], *, width: int | None, color: bool) -> list[str]:
    """What is drawn on a console of some width, in lines; None = as wide as it gets."""
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
    draw(console)
    return [line.rstrip() for line in stream.getvalue().splitlines()]
