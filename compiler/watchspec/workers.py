"""How work is spread over processes."""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import BaseContext


def process_context() -> BaseContext:
    """Forking is quickest, because what is loaded already is shared; where it is missing, spawn."""
    kind = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(kind)
