"""What the tests cover, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from watchspec.model.test_results import CoverageRow, count_covered
from watchspec.report.consoles import draw_lines
from watchspec.report.printable import make_printable

_HEADS = ("alarm", "fires", "quiet", "missing data")
_UNKNOWN = "only AWS can tell"
_NOTHING, _NOT_NEEDED = "-", "not needed"


def draw_coverage(rows: Sequence[CoverageRow], *, width: int | None, color: bool) -> str:
    """A line for each alarm with the tests that show something of it, a dash where one is missing.

    Environments that are alike share a line; width None = as wide as it gets.
    """
    from rich import box  # noqa: PLC0415 - few runs draw a table
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD if width else None, pad_edge=False, header_style="bold")
    for head in _HEADS:
        table.add_column(head, overflow="fold", ratio=1 if width else None, no_wrap=width is None)
    for label, cells in _lines(rows):
        styles = ["red" if cell == _NOTHING else "" for cell in cells]
        table.add_row(Text(label), *map(Text, cells, styles))
    lines = draw_lines(lambda console: console.print(table), width=width, color=color)
    return "\n".join([*lines, *_sums(rows)]) + "\n"


def _lines(rows: Sequence[CoverageRow]) -> Iterable[tuple[str, list[str]]]:
    everywhere = dict.fromkeys(row.environment for row in rows)
    alike: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for row in rows:
        alike.setdefault(row.alarm, {}).setdefault(tuple(_cells(row)), []).append(row.environment)
    for alarm, found in alike.items():
        for cells, environments in found.items():
            is_all = len(environments) == len(everywhere)
            where = "" if is_all else f" ({', '.join(environments)})"
            yield make_printable(alarm) + where, list(cells)


def _cells(row: CoverageRow) -> Iterable[str]:
    if row.unsupported:
        yield from (_UNKNOWN, "", "")
        return
    for tests in (row.fires, row.quiet, row.missing):
        if tests is None:
            yield _NOT_NEEDED
        elif not tests:
            yield _NOTHING
        else:
            more = f" +{len(tests) - 1}" if len(tests) > 1 else ""
            yield make_printable(tests[0]) + more


def _sums(rows: Sequence[CoverageRow]) -> Iterable[str]:
    covered, needed = count_covered(rows)
    if needed:
        yield f"covered: {covered} of {needed} ({100 * covered // needed} %)"
    for alarm, reason in {row.alarm: row.unsupported for row in rows if row.unsupported}.items():
        yield f"not counted: {make_printable(alarm)}, because {make_printable(reason)}"
