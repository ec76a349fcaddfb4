"""What can stand where a spec should: other kinds of files, other encodings, other line ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text
from watchspec.diagnostics import Diagnostic
from watchspec.load import load_spec
from watchspec.model.source import Document
from watchspec.pipeline import compile_spec

SPEC = HEAD + "logs: {backend: {group: /shop, retention: 30 days}}\n"
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="only Unix has such files")


def load_bytes(data: bytes, folder: Path) -> list[Diagnostic]:
    """The findings of a file with these bytes, which must be refused."""
    path = folder / "spec.yaml"
    path.write_bytes(data)
    outcome = load_spec(str(path))
    assert outcome.value is None
    return list(outcome.diagnostics)


def load_document(data: bytes, folder: Path) -> Document:
    """The document of a file with these bytes, which must be accepted."""
    path = folder / "spec.yaml"
    path.write_bytes(data)
    outcome = load_spec(str(path))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value[0]


def refuse(path: Path | str) -> Diagnostic:
    """The one finding of something that is no spec."""
    outcome = load_spec(str(path))
    assert outcome.value is None
    assert [one.rule for one in outcome.diagnostics] == ["file/unreadable"]
    return outcome.diagnostics[0]


def test_a_file_of_more_than_a_mebibyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))

    found = refuse(path)

    assert "has 1,048,577 bytes; 1,048,576 are the most" in found.message
    assert found.help == "split the spec, or move shared parts to a file it includes"


def test_a_file_of_exactly_a_mebibyte_is_read(tmp_path: Path) -> None:
    text = SPEC.encode()
    path = tmp_path / "spec.yaml"
    path.write_bytes(text + b"#" * (1024 * 1024 - len(text)))

    compiled = compile_spec(str(path))

    assert errors(compiled) == []
    assert len(compiled.templates) == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    found = refuse(tmp_path / "nowhere.yaml")

    assert found.message.endswith('nowhere.yaml": no such file')


def test_a_directory_is_refused(tmp_path: Path) -> None:
    found = refuse(tmp_path)

    assert found.message.endswith("is a directory")


@UNIX
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    os.mkfifo(path)

    found = refuse(path)

    assert found.message.endswith("is not a regular file")


@UNIX
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    found = refuse(device)

    assert found.location is not None
    assert found.location.file == device


@UNIX
def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.symlink_to("other.yaml")
    (tmp_path / "other.yaml").symlink_to("spec.yaml")

    found = refuse(path)

    assert found.message.endswith("its links go in a circle")


@UNIX
def test_a_link_to_a_spec_is_read(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(SPEC, encoding="utf-8")
    path = tmp_path / "spec.yaml"
    path.symlink_to("real.yaml")

    assert errors(compile_spec(str(path))) == []


@UNIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC, encoding="utf-8")
    path.chmod(0)

    found = refuse(path)

    assert found.message.endswith("permission denied")


@UNIX
def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")

    found = refuse(tmp_path / "folder" / "spec.yaml")

    assert found.message.endswith("a part of the path is not a directory")


@pytest.mark.parametrize(
    ("name", "reason"), [("a\0b.yaml", "is not a path"), ("a" * 5000, "the name is too long")]
)
def test_a_name_no_file_can_have_is_refused(name: str, reason: str, tmp_path: Path) -> None:
    found = refuse(tmp_path / name)

    assert found.message.endswith(reason)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("UTF-8", SPEC.encode()),
        ("UTF-8 with a byte order mark", b"\xef\xbb\xbf" + SPEC.encode()),
        ("CRLF", SPEC.replace("\n", "\r\n").encode()),
        ("CR", SPEC.replace("\n", "\r").encode()),
        ("no final newline", SPEC.rstrip("\n").encode()),
        ("a mark and CRLF", b"\xef\xbb\xbf" + SPEC.replace("\n", "\r\n").encode()),
        ("explicit document", b"---\n" + SPEC.encode() + b"...\n"),
        ("trailing blanks", SPEC.replace("\n", "  \n").encode() + b"\n\n"),
    ],
)
def test_the_form_of_a_file_does_not_change_the_template(
    form: str, data: bytes, tmp_path: Path
) -> None:
    wanted = compile_text(SPEC, tmp_path)
    path = tmp_path / "spec.yaml"
    path.write_bytes(data)

    compiled = compile_spec(str(path))

    assert errors(compiled) == [], form
    assert [one.text for one in compiled.templates] == [one.text for one in wanted.templates]


def test_line_ends_inside_a_text_are_those_of_unix(tmp_path: Path) -> None:
    document = load_document(b"a: |\r\n  one\r\n  two\r\n", tmp_path)

    assert document.root == {"a": "one\ntwo\n"}


def test_lines_are_counted_alike_whatever_ends_them(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        document = load_document(f"a: 1{end}{end}b: 2{end}".encode(), tmp_path)

        assert document.root.key_place("b").line == 3


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named_as_what_it_is(encoding: str, tmp_path: Path) -> None:
    found = load_bytes(("\ufeff" + SPEC).encode(encoding), tmp_path)

    assert [one.rule for one in found] == ["file/not-utf8"]
    assert found[0].message == "the file is encoded in UTF-16"
    assert found[0].help == "save it as UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark_are_refused(encoding: str, tmp_path: Path) -> None:
    found = load_bytes(SPEC.encode(encoding), tmp_path)

    assert [one.rule for one in found] == ["file/not-utf8"]
    assert found[0].message == f"the file is encoded in {encoding[:6].upper()}"


def test_latin_1_is_refused_at_the_first_byte_that_is_not_utf_8(tmp_path: Path) -> None:
    found = load_bytes("version: v1\nservice: caf\u00e9\n".encode("latin-1"), tmp_path)

    assert [one.rule for one in found] == ["file/not-utf8"]
    assert found[0].message == "byte 0xe9 is not UTF-8"
    assert found[0].location is not None
    assert (found[0].location.line, found[0].location.column) == (2, 13)


@pytest.mark.parametrize(
    "data",
    [b"a: \xc0\xaf", b"a: \xed\xa0\x80", b"a: \xf4\x90\x80\x80", b"a: \xe2\x82", b"a: \xff"],
    ids=["overlong", "surrogate", "beyond Unicode", "cut off", "never in UTF-8"],
)
def test_bytes_that_are_not_strict_utf_8_are_refused(data: bytes, tmp_path: Path) -> None:
    found = load_bytes(data, tmp_path)

    assert [one.rule for one in found] == ["file/not-utf8"]
    assert found[0].location is not None
    assert (found[0].location.line, found[0].location.column) == (1, 4)


def test_a_byte_order_mark_inside_a_file_is_a_forbidden_character(tmp_path: Path) -> None:
    found = load_bytes(b"version: v1\nservice: \xef\xbb\xbfshop\n", tmp_path)

    assert [one.rule for one in found] == ["yaml/forbidden-character"]
    assert marked_text(found[0]) == "\ufeff"


def test_a_file_is_named_as_the_user_named_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text("[]", encoding="utf-8")

    outcome = load_spec("./specs/../specs/shop.yaml")

    assert outcome.diagnostics[0].location is not None
    assert outcome.diagnostics[0].location.file == "specs/shop.yaml"


def test_the_digest_is_that_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    first = load_document(b"a: 1\n", tmp_path)
    same = load_document(b"a: 1\n", tmp_path)
    other = load_document(b"a: 1", tmp_path)

    assert first.digest == same.digest
    assert first.digest != other.digest
