"""What a person reads: the line, a caret under what is wrong, and what to type instead."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from support import call_watchspec
from watchspec.diagnostics import Diagnostic, Location, Related, Severity
from watchspec.report import write_report


def report_of(folder: Path, line: str, place: Location, **fields: str) -> list[str]:
    """The lines of the report of one finding in a file whose third line is given."""
    (folder / "spec.yaml").write_text(f"one\ntwo\n{line}\nfour\n", "utf-8")
    found = Diagnostic("a/rule", Severity.ERROR, "a message", place, **fields)  # type: ignore[arg-type] # texts only
    with chdir(folder):
        return write_report([found], "text").splitlines()


def marked(folder: Path, line: str, column: int, width: int) -> tuple[str, str]:
    """The line as shown and the line of carets below it, without the gutter."""
    lines = report_of(folder, line, Location("spec.yaml", 3, column, width))
    return lines[3].removeprefix("3 | "), lines[4].removeprefix("  | ")


def test_finding_shows_rule_message_place_line_caret_hint_and_help(tmp_path: Path) -> None:
    place = Location("spec.yaml", 3, 17, 14)

    lines = report_of(
        tmp_path,
        "metric: AWS/ECS CPUUtilisation",
        place,
        hint='did you mean "CPUUtilization"?',
        help="look it up",
    )

    assert lines == [
        "error[a/rule]: a message",
        " --> spec.yaml:3:17",
        "  |",
        "3 | metric: AWS/ECS CPUUtilisation",
        '  |                 ^^^^^^^^^^^^^^ did you mean "CPUUtilization"?',
        "  |",
        "  = help: look it up",
        "",
        "1 error",
    ]


def test_gutter_is_as_wide_as_the_line_number(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("x\n" * 99 + "here\n", "utf-8")
    found = Diagnostic("a/rule", Severity.WARNING, "m", Location("spec.yaml", 100, 1, 4))

    with chdir(tmp_path):
        text = write_report([found], "text")

    assert text == (
        "warning[a/rule]: m\n   --> spec.yaml:100:1\n    |\n100 | here\n    | ^^^^\n\n1 warning\n"
    )


def test_related_places_stand_below_before_the_help(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("here\n", "utf-8")
    found = Diagnostic(
        "a/rule",
        Severity.NOTE,
        "m",
        Location("spec.yaml", 1, 1, 4),
        help="do this",
        related=(Related(Location("other.yaml", 7, 3, 1), "first one here"),),
    )

    with chdir(tmp_path):
        text = write_report([found], "text")

    assert text.splitlines() == [
        "note[a/rule]: m",
        " --> spec.yaml:1:1",
        "  |",
        "1 | here",
        "  | ^^^^",
        "  |",
        "  = first one here: other.yaml:7:3",
        "  = help: do this",
        "",
        "1 note",
    ]


def test_finding_without_a_place_is_told_without_a_line() -> None:
    found = Diagnostic("a/rule", Severity.ERROR, "m", None, hint="h", help="do this")

    text = write_report([found], "text")

    assert text == "error[a/rule]: m\n  h\n = help: do this\n\n1 error\n"


@pytest.mark.parametrize(
    "place",
    [Location("gone.yaml", 1, 1, 1), Location("spec.yaml", 99, 1, 1), Location("\0", 1, 1, 1)],
    ids=["no such file", "no such line", "no such name"],
)
def test_finding_whose_line_cannot_be_shown_still_tells_place_and_hint(
    tmp_path: Path, place: Location
) -> None:
    lines = report_of(tmp_path, "x", place, hint="h")

    assert lines[0] == "error[a/rule]: a message"
    assert lines[1].lstrip().startswith("--> ")
    assert lines[2].lstrip() == "= h"


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "carets"),
    [
        ("key: 値段 = x", 11, 1, "key: 値段 = x", "            ^"),
        ("key: 値段", 6, 2, "key: 値段", "     ^^^^"),
        ("key: e\u0301e\u0301 x", 11, 1, "key: e\u0301e\u0301 x", "        ^"),
        ("key: e\u0301", 6, 2, "key: e\u0301", "     ^"),
        ("\uff46\uff55\uff4c\uff4c: x", 7, 1, "\uff46\uff55\uff4c\uff4c: x", "          ^"),
        ("a:\tb", 4, 1, "a:\\x09b", "      ^"),
        ("a: \x1b[31mred", 4, 8, "a: \\x1b[31mred", "   ^^^^^^^^^^^"),
        ("🙂: x", 4, 1, "🙂: x", "    ^"),
        ("नमस्ते: x", 9, 1, "नमस्ते: x", "      ^"),
    ],
    ids=[
        *("wide before", "wide itself", "combining before", "combining itself"),
        *("fullwidth", "tab", "escape", "emoji", "vowel signs"),
    ],
)
def test_carets_stand_under_what_they_mean(
    tmp_path: Path, line: str, column: int, width: int, shown: str, carets: str
) -> None:
    assert marked(tmp_path, line, column, width) == (shown, carets)


def test_place_at_the_end_of_a_line_has_a_caret_of_its_own(tmp_path: Path) -> None:
    assert marked(tmp_path, "key:", 5, 0) == ("key:", "    ^")


def test_place_beyond_the_end_of_a_line_is_shown_at_its_end(tmp_path: Path) -> None:
    assert marked(tmp_path, "key:", 40, 7) == ("key:", "    ^")


@pytest.mark.parametrize("column", [1, 60, 139, 250, 499, 500])
def test_long_line_is_cut_around_the_caret(tmp_path: Path, column: int) -> None:
    line = "".join(chr(0x100 + number) for number in range(500))

    shown, carets = marked(tmp_path, line, column, 1)

    assert carets.lstrip() == "^"
    assert shown[len(carets) - 1] == line[column - 1]
    assert shown.strip("…") in line
    assert len(shown) <= 142
    assert shown.startswith("…") == (column > 61)
    assert shown.endswith("…") == (not shown.endswith(line[-1]))


def test_carets_of_a_long_value_end_with_the_line_that_is_shown(tmp_path: Path) -> None:
    shown, carets = marked(tmp_path, "key: " + "v" * 400, 6, 400)

    assert shown == "key: " + "v" * 135 + "…"
    assert carets == "     " + "^" * 135


def test_line_of_exactly_the_greatest_length_is_shown_whole(tmp_path: Path) -> None:
    line = "key: " + "v" * 135

    shown, _ = marked(tmp_path, line, 6, 135)

    assert shown == line


def test_value_of_several_lines_is_marked_on_its_first(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(
        "version: v1\nservice: shop\nenvironments: {prod: {region: eu-west-1}}\n"
        "tags:\n  a: |\n    several\n    lines\n",
        "utf-8",
    )

    run = call_watchspec("check", "spec.yaml", folder=tmp_path)

    assert " --> spec.yaml:5:6\n  |\n5 |   a: |\n  |      ^" in run.stdout


def test_lines_are_counted_as_the_loader_counts_them(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_bytes(
        b"\xef\xbb\xbfversion: v1\r\nservice: shop\rwrong: 1\nenvironments: {}\n"
    )

    run = call_watchspec("check", "spec.yaml", folder=tmp_path)

    assert " --> spec.yaml:3:1\n  |\n3 | wrong: 1\n  | ^^^^^\n" in run.stdout


def test_summary_counts_what_there_is_worst_first() -> None:
    severities = [Severity.NOTE, Severity.ERROR, Severity.WARNING, Severity.WARNING]
    found = [Diagnostic("a/rule", severity, "m") for severity in severities]

    text = write_report(found, "text")

    assert text.splitlines()[-1] == "1 error, 2 warnings, 1 note"


def test_no_findings_are_no_text() -> None:
    assert write_report([], "text") == ""


@pytest.mark.parametrize(
    ("severity", "code"), [(Severity.ERROR, 31), (Severity.WARNING, 33), (Severity.NOTE, 36)]
)
def test_color_says_how_bad_it_is(tmp_path: Path, severity: Severity, code: int) -> None:
    (tmp_path / "spec.yaml").write_text("here\n", "utf-8")
    found = Diagnostic("a/rule", severity, "m", Location("spec.yaml", 1, 1, 4))

    with chdir(tmp_path):
        text = write_report([found], "text", color=True)

    assert f"\x1b[1;{code}m{severity.word}[a/rule]\x1b[0m" in text
    assert f"\x1b[{code}m^^^^\x1b[0m" in text


def test_color_adds_nothing_but_color(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("here\n", "utf-8")
    place = Location("spec.yaml", 1, 1, 4)
    related = (Related(place, "first"),)
    found = Diagnostic("a/rule", Severity.ERROR, "m", place, "h", "do this", related)

    with chdir(tmp_path):
        plain = write_report([found], "text")
        painted = write_report([found], "text", color=True)

    for code in ("1;31", "31", "34", "1", "0"):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == plain
