"""A terminal of one's own, to see what a person would see."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path


def run_on_terminal(*arguments: str, folder: Path, code: str = "") -> tuple[int, bytes]:
    """Run the tool with its output and its errors on a terminal: exit code, and all it wrote.

    `code` runs in the same process before the tool does.
    """
    script = f"{code}\nfrom watchspec.cli import main\nmain()"
    near, far = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=far,
            stderr=far,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
        ) as run:
            os.close(far)
            written = b""
            with contextlib.suppress(OSError):  # how a terminal says that nobody writes any more
                while part := os.read(near, 65536):
                    written += part
            return run.wait(), written.replace(b"\r\n", b"\n")
    finally:
        os.close(near)
