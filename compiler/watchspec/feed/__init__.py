"""Feed: data files in (CSV, and JSON of the AWS CLI), series of numbers out.

`read_recording` reads one file; `bind_recordings` says which metrics of a spec its columns are, and
`choose_column` takes one column by its name; the others read known incidents. pandas lives here and nowhere else.

The rulebook reads this room's rules, so a door is only opened when somebody asks for it: then numpy is
loaded.
"""

from typing import TYPE_CHECKING

from watchspec.doors import open_when_asked

if TYPE_CHECKING:
    from watchspec.feed.binding import Bound, bind_recordings, choose_column, warn_of_unknown
    from watchspec.feed.incidents import (
        find_unknown_alarms,
        read_incident_table,
        read_incident_tree,
    )
    from watchspec.feed.recording import read_recording

__all__ = [
    "Bound",
    "bind_recordings",
    "choose_column",
    "find_unknown_alarms",
    "read_incident_table",
    "read_incident_tree",
    "read_recording",
    "warn_of_unknown",
]

__getattr__ = open_when_asked(
    __name__,
    {
        "Bound": "binding",
        "bind_recordings": "binding",
        "choose_column": "binding",
        "warn_of_unknown": "binding",
        "find_unknown_alarms": "incidents",
        "read_incident_table": "incidents",
        "read_incident_tree": "incidents",
        "read_recording": "recording",
    },
)
