"""The rules of evaluation once more, as slowly and plainly as they can be written."""

from __future__ import annotations

from watchspec.model.alarms import MissingData


def state_after(points: str, n: int, m: int, missing: MissingData, extra: int = 2) -> str:  # noqa: PLR0911 - a line a row of the table
    """The state after the newest of the points: X breaches, 0 does not, - is missing."""
    seen = points.rjust(n + extra, "-")[-(n + extra) :]
    real = [one for one in seen if one != "-"]
    if len(real) >= n:
        return "ALARM" if real[-n:].count("X") >= m else "OK"
    bad, gap = real.count("X"), n - len(real)
    if missing == "breaching":
        return "ALARM" if bad + gap >= m else "OK"
    if missing == "notBreaching":
        return "ALARM" if bad >= m else "OK"
    keep = "keep" if missing == "ignore" else ""
    if not real:
        return keep or "INSUFFICIENT_DATA"
    if bad >= m:
        return "ALARM"
    if "0" in real:
        return "OK"
    is_old = len(seen) - seen.index("X") >= m
    return keep or ("ALARM" if is_old else "INSUFFICIENT_DATA")
