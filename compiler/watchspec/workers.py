"""How work is spread over processes."""

from __future__ import annotations

import multiprocessing
from typing import Any


def process_context() -> Any:  # noqa: ANN401 - typeshed gives its contexts no common Process
    """Forking is quickest, because what is loaded already is shared; where it is missing, spawn."""
    kind = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(kind)
