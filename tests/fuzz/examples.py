"""How much is tried: a fixed sample in every run, and with FUZZ=25 so many times as much at random.

The nightly run asks for 10,000 texts of each kind that way.
"""

from __future__ import annotations

import os

from hypothesis import settings

SCALE = int(os.environ.get("FUZZ", "1"))


def examples(count: int) -> settings:
    """So many examples, times what the environment asks for."""
    return settings(max_examples=count * SCALE, derandomize=SCALE == 1)
