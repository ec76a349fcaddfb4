"""Known incidents: a table in CSV, or a list in YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.test_csv import NOON, write
from watchspec.diagnostics import Diagnostic, Outcome
from watchspec.feed import find_unknown_alarms, read_incident_table, read_incident_tree
from watchspec.load import load_spec
from watchspec.model.backtests import Incident

TABLE = """\
start,end,name,alarms
2026-11-01T13:00:00Z,2026-11-01 14:00,second,
1793534400,1793534460000,first,cpu-high  memory-high
"""
TREE = """\
incidents:
  - {start: 2026-11-01T13:00:00Z, end: 2026-11-01 14:00, name: second}
  - {start: 1793534400, end: 1793534460000, name: first, alarms: [cpu-high, memory-high]}
"""


def read(text: str, folder: Path) -> Outcome[tuple[Incident, ...]]:
    if text.startswith(("incidents", "other")):
        documents = load_spec(write(folder, text, "incidents.yaml"))
        assert documents.value is not None, documents.diagnostics
        return read_incident_tree(documents.value[0].root)
    return read_incident_table(write(folder, text, "incidents.csv"))


@pytest.mark.parametrize("text", [TABLE, TABLE.replace("\n", "\r\n"), TREE])
def test_incidents_are_read_in_the_order_of_time(text: str, tmp_path: Path) -> None:
    incidents = read(text, tmp_path).value

    assert incidents is not None
    assert [(one.name, one.start - NOON, one.end - NOON, one.alarms) for one in incidents] == [
        ("first", 0, 60, ("cpu-high", "memory-high")),
        ("second", 3_600, 7_200, ()),
    ]
    assert {one.place.line for one in incidents} == {2, 3}


def test_an_incident_without_a_name_is_called_after_its_start(tmp_path: Path) -> None:
    incidents = read("end,start\n2026-11-02,2026-11-01\n", tmp_path).value

    assert incidents is not None
    assert incidents[0].name == "2026-11-01"


def only(text: str, folder: Path) -> Diagnostic:
    outcome = read(text, folder)
    assert outcome.value is None
    (found,) = outcome.diagnostics
    assert found.rule == "data/bad-incident"
    return found


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("start,end\n", "there is no incident in the file", None),
        ("start,name\n1793534400,x\n", "an incident needs its end", 1),
        ("start,end,nmae\n", 'an incident has no "nmae"; it has start, end, name and alarms', 1),
        ("start,end\nsoon,1793534400\n", '"soon" is not a time between 2000 and 2100', 2),
        ("start,end\n\n1793534400\n", '"" is not a time between 2000 and 2100', 3),
        ("start,end\n1793534460,1793534400\n", 'the incident ends at "1793534400", which is not after "1793534460"', 2),
        ('start,end\n"1793534460,2\n', "the row is not CSV: unexpected end of data", 2),
        ("incidents: []\n", "there is no incident in the file", None),
        ("incidents: [soon]\n", "an incident has a start and an end", 1),
        ("incidents:\n  - {start: 1793534400}\n", "an incident needs its end", 2),
        ("incidents:\n  - {start: 1793534400, end: never}\n", '"never" is not a time between 2000 and 2100', 2),
        ("incidents: {}\n", "a file of incidents is a list under the one key incidents", 1),
        ("other: 1\n", "a file of incidents is a list under the one key incidents", 1),
    ],
)  # fmt: skip
def test_what_is_no_incident_is_found_where_it_stands(
    text: str, message: str, line: int | None, tmp_path: Path
) -> None:
    found = only(text, tmp_path)

    assert found.message == message
    assert (found.location and found.location.line) == line


def test_a_file_that_is_not_there_or_too_large_is_said_so(tmp_path: Path) -> None:
    assert read_incident_table(str(tmp_path / "no")).diagnostics[0].rule == "data/unreadable"
    large = write(tmp_path, "start,end\n" + "1,2\n" * (5 << 20))
    assert read_incident_table(large).diagnostics[0].rule == "data/too-large"


def test_an_incident_that_names_no_alarm_of_the_spec_is_an_error(tmp_path: Path) -> None:
    incidents = read(TABLE, tmp_path).value

    assert incidents is not None
    (found,) = find_unknown_alarms(incidents, {"cpu-hihg", "memory-high"})
    assert (found.message, found.hint) == (
        '"first" names "cpu-high", which is no alarm',
        'did you mean "cpu-hihg"?',
    )
