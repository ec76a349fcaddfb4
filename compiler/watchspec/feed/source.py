"""A data file as UTF-8, opened as often as it is needed, with bounds on what it may hold."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from watchspec.diagnostics import Findings, Location
from watchspec.feed import rules

_BLOCK_BYTES = 1 << 20
_MOST_BYTES = 8 << 30
_MOST_UNPACKED_BYTES = 1 << 30
_HEAD_BYTES = 1 << 16
_GZIP = b"\x1f\x8b"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read; `head` is its beginning, without byte order mark."""

    path: str
    head: bytes
    stream: Callable[[], BinaryIO]

    def blocks(self) -> Iterator[bytes]:
        """What it holds, in blocks."""
        with self.stream() as stream:
            while block := stream.read(_BLOCK_BYTES):
                yield block


def open_source(path: str, found: Findings) -> Source | None:
    """The file as UTF-8, unpacked if it is packed; None with a finding."""
    place = Location(path)
    try:
        if not os.path.isfile(path):
            is_there = os.path.lexists(path)
            reason = "is not a regular file" if is_there else "does not exist"
            found.error(rules.UNREADABLE, f'"{path}" {reason}', None)
            return None
        if os.path.getsize(path) > _MOST_BYTES:
            found.error(rules.TOO_LARGE, "the file is larger than 8 GiB", place)
            return None
        with open(path, "rb") as stream:
            head = stream.read(_HEAD_BYTES)
        packed_or_wide = head[:2] == _GZIP or head[:2] in _UTF16_MARKS
        return _make_plain(path, found) if packed_or_wide else _look_at(path, head, found)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        found.error(rules.UNREADABLE, "the file is packed by gzip, but damaged", place)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        found.error(rules.UNREADABLE, f'"{path}": {reason}', None)
    return None


def _look_at(path: str, head: bytes, found: Findings) -> Source | None:
    mark = len(_UTF8_MARK) if head.startswith(_UTF8_MARK) else 0

    def open_plain() -> BinaryIO:
        stream = open(path, "rb")  # noqa: SIM115 - who asks for it closes it
        stream.seek(mark)
        return stream

    return _check_text(Source(path, head[mark:], open_plain), found)


def _make_plain(path: str, found: Findings) -> Source | None:
    """The whole text in memory: unpacked, and as UTF-8."""
    place = Location(path)
    with open(path, "rb") as raw:
        data = raw.read(_MOST_UNPACKED_BYTES + 1)
    if data[:2] == _GZIP:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            data = stream.read(_MOST_UNPACKED_BYTES + 1)
    if len(data) > _MOST_UNPACKED_BYTES:
        found.error(rules.TOO_LARGE, "the file is larger than 1 GiB once it is unpacked", place)
        return None
    if data[:2] in _UTF16_MARKS:
        try:
            data = data[2:].decode(_UTF16_MARKS[data[:2]]).encode()
        except UnicodeError:
            found.error(rules.NOT_TEXT, "the file begins like UTF-16, but is not", place)
            return None
    data = data.removeprefix(_UTF8_MARK)
    return _check_text(Source(path, data[:_HEAD_BYTES], lambda: io.BytesIO(data)), found)


def _check_text(source: Source, found: Findings) -> Source | None:
    place = Location(source.path)
    if not source.head.strip():
        found.error(rules.NO_DATA, "the file is empty", place)
        return None
    if b"\0" in source.head:
        help_text = "give it CSV, or JSON as the AWS CLI prints it; gzip may be around it"
        found.error(rules.NOT_TEXT, "the file is not text", place, help=help_text)
        return None
    return source
