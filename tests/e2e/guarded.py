"""Runs a module or a script, but no longer than the process that started it.

That process holds the other end of our standard input. When it dies, in whatever way, the end
closes, and no server is left behind.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading


def leave_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=leave_with_parent, daemon=True).start()
    kind, target = sys.argv[1:3]
    sys.argv = sys.argv[2:]
    if kind == "module":
        runpy.run_module(target, run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(target, run_name="__main__")
