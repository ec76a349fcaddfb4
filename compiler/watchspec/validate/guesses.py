"""What an author meant with a text that is not written as it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)[ _-]*([A-Za-z]+)\.?")
_UNITS = {
    **dict.fromkeys(("secs", "sek"), "s"),
    **dict.fromkeys(("mins", "mn"), "m"),
    **dict.fromkeys(("hr", "hrs"), "h"),
    **dict.fromkeys(("wk", "wks"), "w"),
}
_DAYS = {"month": 30, "months": 30, "mo": 30, "year": 365, "years": 365, "y": 365, "yr": 365}
_STATISTICS = {
    "avg": "Average",
    "mean": "Average",
    "max": "Maximum",
    "min": "Minimum",
    "median": "p50",
    "samplecount": "SampleCount",
}
_MAX_CHARACTERS = 100


def guess_text(text: str, pattern: re.Pattern[str]) -> str:
    """The closest text that is written as it must be, or an empty string."""
    if len(text) > _MAX_CHARACTERS:
        return ""
    return next((guess for guess in _guesses(text) if pattern.search(guess)), "")


def _guesses(text: str) -> Iterator[str]:
    """The text in other spellings, the closest first."""
    plain = text.strip()
    yield plain
    yield plain.lower()
    yield _STATISTICS.get(plain.lower(), plain.capitalize())
    yield re.sub(r"[\s_.]+", "-", plain.lower())
    yield re.sub(r"[\s.-]+", "_", plain.lower())
    amount = _AMOUNT.fullmatch(plain)
    if amount is not None:
        number, unit = amount.group(1), amount.group(2).lower()
        yield f"{number}{_UNITS.get(unit, unit)}"
        if unit in _DAYS and number.isdigit():
            yield f"{int(number) * _DAYS[unit]} days"
