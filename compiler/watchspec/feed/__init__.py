"""Feed: data files in (CSV, and JSON of the AWS CLI), series of numbers out.

`read_recording` reads one file; `bind_recordings` says which metrics of a spec its columns are, and
`choose_column` takes one column by its name. pandas lives here and nowhere else.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchspec.feed.binding import Bound, bind_recordings, choose_column, warn_of_unknown
    from watchspec.feed.recording import read_recording

__all__ = ["Bound", "bind_recordings", "choose_column", "read_recording", "warn_of_unknown"]
_READING = "read_recording"


def __getattr__(name: str) -> object:
    """What this room exports; the rulebook reads its rules, and that is no reason to load numpy."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(
        import_module(f"{__name__}.{'recording' if name == _READING else 'binding'}"), name
    )
