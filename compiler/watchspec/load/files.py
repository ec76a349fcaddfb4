r"""A path in, decoded text out: regular files of a sane size, in UTF-8, with `\\n` line ends."""

from __future__ import annotations

import errno
import os
import stat

from watchspec.diagnostics import Findings, Location
from watchspec.load import rules

MAX_FILE_BYTES = 1024 * 1024


def read_bytes(
    path: str, shown_as: str, asked_at: Location | None, found: Findings
) -> bytes | None:
    """The bytes of a regular file of at most 1 MiB, or None with a finding.

    `asked_at` is where a spec names the file; None when the command line does.
    """
    place = asked_at or Location(shown_as)
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            found.error(rules.UNREADABLE_FILE, f'"{shown_as}" is {kind}', place)
            return None
        with open(path, "rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        found.error(rules.UNREADABLE_FILE, f'cannot read "{shown_as}": {_reason(error)}', place)
        return None
    except ValueError:
        found.error(rules.UNREADABLE_FILE, f'"{shown_as}" is not a path', place)
        return None

    if len(data) > MAX_FILE_BYTES:
        found.error(
            rules.UNREADABLE_FILE,
            f'"{shown_as}" has {max(status.st_size, len(data)):,} bytes; {MAX_FILE_BYTES:,} are the most',
            place,
            help="split the spec, or move shared parts to a file it includes",
        )
        return None
    return data


def decode_text(data: bytes, file: str, found: Findings) -> str | None:
    """The text of UTF-8 bytes without byte order mark, or None with a finding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        width = 32 if b"\0\0" in data[:4] else 16
        message = f"the file is encoded in UTF-{width}"
        found.error(rules.NOT_UTF8, message, Location(file), help="save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _with_line_ends(data[: error.start].decode("utf-8-sig", errors="replace"))
        place = Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"), 1)
        byte = data[error.start]
        found.error(
            rules.NOT_UTF8, f"byte 0x{byte:02x} is not UTF-8", place, help="save the file as UTF-8"
        )
        return None
    return _with_line_ends(text)


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _reason(error: OSError) -> str:
    known = {
        errno.ENOENT: "no such file",
        errno.EACCES: "permission denied",
        errno.ELOOP: "its links go in a circle",
        errno.ENAMETOOLONG: "the name is too long",
        errno.ENOTDIR: "a part of the path is not a directory",
    }
    return known.get(error.errno or 0, os.strerror(error.errno or 0).lower())
