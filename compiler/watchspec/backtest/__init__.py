"""Backtest: Monitoring and data of a time that has passed in, what its alarms would have done out.

`make_case` puts both together, `run_case` follows every alarm that the data can judge and tries other
settings, `draw_case` draws them; matplotlib lives here and nowhere else.

The rulebook reads this room's rules, so a door is only opened when somebody asks for it: then numpy is
loaded.
"""

from typing import TYPE_CHECKING

from watchspec.doors import open_when_asked

if TYPE_CHECKING:
    from watchspec.backtest.case import Case, make_case
    from watchspec.backtest.picture import FORMS, draw_case
    from watchspec.backtest.service import run_case

__all__ = ["FORMS", "Case", "draw_case", "make_case", "run_case"]

__getattr__ = open_when_asked(
    __name__,
    {
        "Case": "case",
        "make_case": "case",
        "FORMS": "picture",
        "draw_case": "picture",
        "run_case": "service",
    },
)
