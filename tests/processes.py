"""The processes a run consists of, and whether any is left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable

PATIENCE_SECONDS = 30
"""Much longer than anything should take, so that a busy machine fails no test."""


def living(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listing.stdout.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == group and state[0] != "Z"]


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether something comes to hold before patience ends."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def end_all(group: int) -> None:
    """End what a test has left of a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
