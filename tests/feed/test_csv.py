"""CSV files: what they are read as, and what is said of those that cannot be."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from watchspec.diagnostics import Diagnostic, Severity
from watchspec.feed import read_recording
from watchspec.simulate.recordings import Column

NOON = 1_793_534_400
"""2026-11-01T12:00:00Z."""


def write(folder: Path, data: str | bytes, name: str = "data.csv") -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def read(folder: Path, data: str | bytes, name: str = "data.csv") -> tuple[Column, ...]:
    outcome = read_recording(write(folder, data, name))
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value.columns


def series(column: Column) -> list[tuple[int, float]]:
    samples = column.samples
    return list(zip((samples.times - NOON).tolist(), samples.values.tolist(), strict=True))


def only(folder: Path, data: str | bytes, name: str = "data.csv") -> Diagnostic:
    outcome = read_recording(write(folder, data, name))
    assert outcome.value is None
    (found,) = outcome.diagnostics
    return found


def test_a_wide_file_has_a_metric_a_column_and_gaps_where_fields_are_empty(tmp_path: Path) -> None:
    text = "time,cpu,rate.hits\n2026-11-01T12:00:00Z,1.5,\n2026-11-01T12:01:00Z,NaN,7\n"

    cpu, hits = read(tmp_path, text)

    assert (cpu.names, series(cpu)) == (("cpu",), [(0, 1.5)])
    assert (hits.names, series(hits)) == (("rate.hits",), [(60, 7.0)])


def test_the_time_is_the_column_that_is_called_so_or_else_the_first(tmp_path: Path) -> None:
    (named,) = read(tmp_path, "cpu,Timestamp\n3,2026-11-01T12:00:00Z\n")
    (first,) = read(tmp_path, "when,cpu\n2026-11-01T12:00:00Z,3\n")

    assert series(named) == series(first) == [(0, 3.0)]


def test_a_statistic_behind_a_name_is_that_of_the_column(tmp_path: Path) -> None:
    text = 'time,cpu p99,"AWS/ECS CPUUtilization{A=b,C=d} Maximum",latency raw\n1793534400,1,2,3\n'

    columns = read(tmp_path, text)

    assert [(one.names[0], one.statistic) for one in columns] == [
        ("cpu", "p99"),
        ("AWS/ECS CPUUtilization{A=b,C=d}", "Maximum"),
        ("latency", "raw"),
    ]


def test_a_long_file_has_a_value_a_row_and_dimensions_in_columns_of_their_own(
    tmp_path: Path,
) -> None:
    text = (
        "time,namespace,metric,value,statistic,unit,ClusterName\n"
        "1793534400,AWS/ECS,CPUUtilization,4,Average,Percent,main\n"
        "1793534400,,cpu,5,,,\n"
        "1793534460,AWS/ECS,CPUUtilization,6,Average,Percent,main\n"
    )

    ecs, cpu = read(tmp_path, text)

    assert (ecs.names[0], ecs.statistic, ecs.unit, series(ecs)) == (
        "AWS/ECS CPUUtilization{ClusterName=main}",
        "Average",
        "Percent",
        [(0, 4.0), (60, 6.0)],
    )
    assert (cpu.names[0], cpu.statistic, cpu.unit, series(cpu)) == ("cpu", "", "", [(0, 5.0)])


def test_dimensions_may_stand_in_one_column(tmp_path: Path) -> None:
    text = 'time,metric,value,dimensions,region\n1793534400,A B,1,"{X=y,Z=w}",eu-west-1\n'

    (column,) = read(tmp_path, text)

    assert column.names == ("A B{X=y,Z=w} in eu-west-1",)


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-01T12:00:00Z",
        "2026-11-01 12:00",
        "2026-11-01T14:00:00+02:00",
        "2026-11-01T12:00:00.999Z",
        "2026/11/01 12:00:00",
        "2026-11-01T11:59:60Z",
        "1793534400",
        "1793534400.5",
        "1793534400000",
    ],
)
def test_times_are_read_as_utc_in_whole_seconds(time: str, tmp_path: Path) -> None:
    (column,) = read(tmp_path, f"time,cpu\n{time},1\n")

    assert series(column) == [(0, 1.0)]


@pytest.mark.parametrize(
    "time",
    ["soon", "now", "today", "1969-12-31", "2100-01-01", "20261101", "60", "9" * 400, "1e99"],
)
def test_what_is_no_time_is_found_where_it_stands(time: str, tmp_path: Path) -> None:
    found = only(tmp_path, f"cpu,time\n1,2026-11-01\n2,{time}\n")

    assert found.rule == "data/bad-time"
    assert "is not a time between 2000 and 2100" in found.message
    assert found.location is not None
    assert found.location[1:4] == (3, 3, len(time))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("abc", '"abc" is not a number'),
        ("1_000", '"1_000" is not a number'),
        ("0x10", '"0x10" is not a number'),
        ("Inf", '"Inf" is no value of a metric'),
        ("1e400", '"1e400" is beyond 2^360, the largest value of a metric'),
        ("9" * 1_000, f'"{"9" * 60}…" is beyond 2^360, the largest value of a metric'),
    ],
)
def test_what_is_no_number_is_found_where_it_stands(
    value: str, message: str, tmp_path: Path
) -> None:
    found = only(tmp_path, f"time,a,b\n2026-11-01,1,2\n2026-11-02,1,{value}\n")

    assert (found.rule, found.message) == ("data/bad-number", message)
    assert found.location is not None
    assert found.location[1:4] == (3, 14, len(value))


@pytest.mark.parametrize(
    ("rows", "message", "line"),
    [
        ("1793534400,1\n", "the row has 2 fields, the header 3", 2),
        ("1793534400,1,2\n1793534460,1,2,3\n", "the row has 4 fields, the header 3", 3),
        ('"1793534400",1\n', "the row has 2 fields, the header 3", 2),
        (
            "1793534400,1,2,3\n1793534460,1\n",
            "the row has 4 fields, the header 3, and 1 more like it (line 3)",
            2,
        ),
        ("1793534400,1,2\n   \n", "the row has 1 field, the header 3", 3),
        ('1793534400,1,2\n1793534400,"1,2\n', "the row is not CSV: unexpected end of data", 3),
    ],
)
def test_a_row_of_another_length_is_found(
    rows: str, message: str, line: int, tmp_path: Path
) -> None:
    found = only(tmp_path, f"time,a,b\n{rows}")

    assert (found.rule, found.message) == ("data/bad-row", message)
    assert found.location is not None
    assert found.location.line == line


def test_a_million_bad_rows_are_one_finding_of_each_kind(tmp_path: Path) -> None:
    outcome = read_recording(write(tmp_path, "time,cpu\n" + "x,abc\n" * 1_000_000))

    assert outcome.value is None
    assert [(one.rule, one.message) for one in outcome.diagnostics] == [
        (
            "data/bad-number",
            '"abc" is not a number, and at least 999 more like it (lines 3, 4, …)',
        ),
        (
            "data/bad-time",
            '"x" is not a time between 2000 and 2100, and at least 999 more like it (lines 3, 4, …)',
        ),
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("time", "the header names one column"),
        ("time;cpu", "the header names one column; its fields are separated by semicolons, not by commas"),
        ("time\tcpu", "the header names one column; its fields are separated by tabs, not by commas"),
        ("time,cpu,cpu", '"cpu" names 2 columns'),
        ("time,,cpu", "column 2 has no name"),
        ("time," + ",".join(f"m{n}" for n in range(20_000)), "the header names 20,001 columns; 20,000 are the most"),
    ],
)  # fmt: skip
def test_a_header_that_says_too_little_is_found(header: str, message: str, tmp_path: Path) -> None:
    found = only(tmp_path, f"{header}\n1793534400,1\n")

    assert (found.rule, found.message) == ("data/bad-header", message)


@pytest.mark.parametrize("text", ["", "\n\n", "time,cpu\n", "time,cpu", "time,cpu\n1793534400,\n"])
def test_a_file_without_data_points_is_an_error(text: str, tmp_path: Path) -> None:
    assert only(tmp_path, text).rule == "data/no-data"


def test_disorder_is_put_in_order_and_the_same_value_twice_is_one(tmp_path: Path) -> None:
    text = "time,cpu\n1793534460,2\n1793534400,1\n1793534460,2\n"

    (column,) = read(tmp_path, text)

    assert series(column) == [(0, 1.0), (60, 2.0)]


def test_of_two_values_at_one_time_the_last_counts_and_is_told_of(tmp_path: Path) -> None:
    text = "time,a,b\n1793534460,1,9\n1793534400,2,9\n1793534460,3,8\n"

    outcome = read_recording(write(tmp_path, text))

    assert outcome.value is not None
    assert series(outcome.value.columns[0]) == [(0, 2.0), (60, 3.0)]
    (found,) = outcome.diagnostics
    assert (found.rule, found.severity) == ("data/conflicting-values", Severity.WARNING)
    assert found.message == '"a" has two values at this time; so has 1 more'
    assert found.location is not None
    assert found.location.line == 4


def test_raw_values_at_one_time_are_all_kept(tmp_path: Path) -> None:
    (column,) = read(tmp_path, "time,latency raw\n1793534400,1\n1793534400,1\n1793534400,5\n")

    assert series(column) == [(0, 1.0), (0, 1.0), (0, 5.0)]


@pytest.mark.parametrize(
    "data",
    [
        b"time,cpu\r\n1793534400,1\r\n\r\n1793534460,2\r\n",
        b"time,cpu\r1793534400,1\r1793534460,2\r",
        b"time,cpu\n1793534400,1\n1793534460,2",
        b"\xef\xbb\xbftime,cpu\n1793534400,1\n,\n1793534460,2\n",
        b"\xff\xfe" + "time,cpu\n1793534400,1\n1793534460,2\n".encode("utf-16-le"),
        b"\xfe\xff" + "time,cpu\n1793534400,1\n1793534460,2\n".encode("utf-16-be"),
        gzip.compress(b"time,cpu\n1793534400,1\n1793534460,2\n", mtime=0),
        gzip.compress(
            b"\xff\xfe" + "time,cpu\n1793534400,1\n1793534460,2\n".encode("utf-16-le"), mtime=0
        ),
        b'"time","cpu"\n"1793534400","1"\n"1793534460","2"\n',
        b"time, cpu\n1793534400, 1 \n1793534460,+2\n",
    ],
)
def test_the_same_table_in_many_encodings_is_the_same(data: bytes, tmp_path: Path) -> None:
    (column,) = read(tmp_path, data)

    assert (column.names, series(column)) == (("cpu",), [(0, 1.0), (60, 2.0)])


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"time,cpu\0\n1,2\n", "data/not-text"),
        (b"time,cp\xff\n1793534400,2\n", "data/not-text"),
        (b"\xff\xfetime,cpu\n1,2!", "data/not-text"),
        (gzip.compress(b"time,cpu\n1793534400,1\n", mtime=0)[:-9], "data/unreadable"),
        (b"\x1f\x8bgarbage", "data/unreadable"),
        (b"time," + b"x" * (17 << 20), "data/too-large"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, rule: str, tmp_path: Path) -> None:
    assert only(tmp_path, data).rule == rule


def test_a_text_that_is_not_utf8_further_down_is_refused(tmp_path: Path) -> None:
    found = only(
        tmp_path, b"time,metric,value\n" + b"1793534400,a,1\n" * 9 + b"1793534400,\xff,1\n"
    )

    assert found.rule == "data/not-text"


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(65):
            stream.write(b"\n" * (16 << 20))

    outcome = read_recording(str(path))

    assert [one.message for one in outcome.diagnostics] == [
        "the file is larger than 1 GiB once it is unpacked"
    ]


def test_folders_and_missing_files_are_named(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "is not a regular file"), (tmp_path / "no", "does not exist")):
        outcome = read_recording(str(path))

        assert [one.message for one in outcome.diagnostics] == [f'"{path}" {reason}']
    assert read_recording("a\0b").diagnostics[0].rule == "data/unreadable"


def test_numbers_keep_their_last_bit(tmp_path: Path) -> None:
    written = ["0.1", "0.30000000000000004", "45.678901234567891", "5e-324", "1e108", "70.1"]

    (column,) = read(
        tmp_path,
        "time,a\n" + "".join(f"{NOON + n},{text}\n" for n, text in enumerate(written)),
    )

    assert np.array_equal(column.samples.values, np.array([float(text) for text in written]))
