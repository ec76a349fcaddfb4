"""Times as they are written: ISO 8601, or seconds or milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from watchspec.simulate.data import Times

if TYPE_CHECKING:
    import pandas as pd

NO_TIME = np.iinfo(np.int64).min
"""In place of a time that is none."""
FORMS = "write 2026-11-24T09:30:00Z, or seconds or milliseconds since 1970"
_FIRST = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
_LAST = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
"""CloudWatch is younger than the first; a number outside is no time, such as 20261124."""
_CLOCK_WORDS = ("now", "today")
"""pandas takes them for times."""


def read_times(texts: pd.Series[str]) -> Times:
    """Seconds since 1970, fractions cut off; without a zone a time is UTC."""
    import pandas as pd  # noqa: PLC0415 - only who reads data loads it

    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    is_number = ~np.isnan(numbers)
    seconds = np.where(np.abs(numbers) >= _FIRST * 100, numbers / 1000, numbers)
    if not is_number.all():
        seconds[~is_number] = _read_dates(texts[~is_number])
    fits = (seconds >= _FIRST) & (seconds < _LAST)
    return np.where(fits, np.floor(np.where(fits, seconds, 0)), NO_TIME).astype(np.int64)


def _read_dates(texts: pd.Series[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    import pandas as pd  # noqa: PLC0415

    def parse(some: pd.Series[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        dates = pd.to_datetime(some, format="ISO8601", utc=True, errors="coerce")
        micros = dates.dt.as_unit("us").astype("int64").to_numpy()
        return np.where(dates.isna().to_numpy(), np.nan, micros / 1e6)

    texts = texts.where(~texts.str.strip().str.lower().isin(_CLOCK_WORDS), "")
    seconds = parse(texts)
    unread = np.isnan(seconds)
    if unread.any():  # the 60th second is the first of the next minute, as POSIX counts
        leaps = texts[unread].where(texts[unread].str.contains(r":60(?!\d)", na=False), "")
        seconds[unread] = parse(leaps.str.replace(r":60(?!\d)", ":59", regex=True)) + 1
    return seconds
