"""A data file in, its columns out, whatever it is written in."""

from __future__ import annotations

from watchspec.diagnostics import Findings, Location, Outcome
from watchspec.feed import rules
from watchspec.feed.csv_text import read_csv
from watchspec.feed.json_text import read_json
from watchspec.feed.source import open_source
from watchspec.simulate.recordings import Recording


def read_recording(path: str) -> Outcome[Recording]:
    """The columns of a data file; None with at least one error if it cannot be trusted.

    What it is written in is seen from its content: JSON begins with a brace or a bracket.
    """
    found = Findings()
    source = open_source(path, found)
    columns = None
    if source is not None:
        read = read_json if source.head.lstrip()[:1] in {b"{", b"["} else read_csv
        columns = read(source, found)
    if columns is not None and not any(len(one.samples.times) for one in columns):
        found.error(rules.NO_DATA, "the file holds no data points", Location(path))
    value = None if columns is None or found.have_errors() else Recording(path, tuple(columns))
    return Outcome(value, tuple(found.items))
