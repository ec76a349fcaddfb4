"""A terminal of one's own, to see what a person would see."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

SCRIPT = """\
import watchspec.cli.output
watchspec.cli.output._PATIENCE_SECONDS = {}
watchspec.cli.main()
"""


def run_on_terminal(
    *arguments: str, folder: Path, patience_seconds: float = 3600
) -> tuple[int, bytes]:
    """Run the tool with its output and its errors on a terminal: exit code, and all it wrote.

    Work that takes longer than `patience_seconds` shows a progress bar; how long it takes here
    depends on the machine, so tests choose.
    """
    script = SCRIPT.format(patience_seconds)
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
