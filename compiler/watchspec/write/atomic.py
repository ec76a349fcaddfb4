"""Files are replaced whole, and all together or not at all.

Everything is first written to files of its own beside the targets; only when all of that has
succeeded are they renamed. Whoever is interrupted before leaves the old files, and leftovers that
the next run sweeps away.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_PREFIX, _SUFFIX = ".watchspec-", ".tmp"
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class Replacement(NamedTuple):
    """A file and its new text; None removes it."""

    path: Path
    text: str | None


def replace_all(replacements: list[Replacement]) -> None:
    """Write every new text and remove every file that is to go; all of it, or nothing."""
    staged: list[tuple[Path, Path]] = []
    moved: list[tuple[Path, Path]] = []
    try:
        for path, text in replacements:
            if text is not None:
                _make_folder(path.parent)
                staged.append((_beside(path, "new"), path))
                _write(staged[-1][0], text)
        for path, text in replacements:
            if text is None:
                path.rename(_beside(path, "old"))
                moved.append((_beside(path, "old"), path))
    except BaseException:
        for temporary, path in moved:
            temporary.rename(path)
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
        raise
    for temporary, path in staged:
        temporary.replace(path)
    for temporary, _ in moved:
        _remove(temporary)


def sweep_leftovers(folder: Path) -> None:
    """Remove what an interrupted run left behind."""
    for leftover in folder.glob(f"*/{_PREFIX}*{_SUFFIX}"):
        if not leftover.parent.is_symlink():
            _remove(leftover)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f"{_PREFIX}{path.name}.{what}{_SUFFIX}")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


@contextmanager
def hold_folder(folder: Path, *, dry_run: bool) -> Iterator[None]:
    """Let one process at a time write into a folder, where the system can do that."""
    try:
        import fcntl  # noqa: PLC0415 - does not exist on Windows
    except ImportError:
        yield
        return
    if dry_run:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> None:
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "is a link", str(folder))
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_FOLLOW, 0o644)
    with os.fdopen(handle, "wb") as stream:
        stream.write(text.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())
