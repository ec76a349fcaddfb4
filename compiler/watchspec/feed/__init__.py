"""Feed: data files in (CSV, and JSON of the AWS CLI), series of numbers out.

`read_recording` reads one file; `bind_recordings` says which metrics of a spec its columns are, and
`choose_column` takes one column by its name. pandas lives here and nowhere else.
"""

from watchspec.feed.binding import Bound, bind_recordings, choose_column, warn_of_unknown
from watchspec.feed.recording import read_recording

__all__ = ["Bound", "bind_recordings", "choose_column", "read_recording", "warn_of_unknown"]
