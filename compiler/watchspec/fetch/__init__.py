"""Fetch: what alarms watch in, files of data points from a live account out.

It reads with GetMetricData and nothing else, and keeps each day that is over in a file that
`watchspec backtest --data` reads as well. boto3 lives here and nowhere else; it is an extra.

The rulebook reads this room's rules, so a door is only opened when somebody asks for it.
"""

from typing import TYPE_CHECKING

from watchspec.doors import open_when_asked

if TYPE_CHECKING:
    from watchspec.fetch.account import FetchError
    from watchspec.fetch.days import Wish, fetch_days
    from watchspec.fetch.queries import Query, list_queries, shorten_since

__all__ = ["FetchError", "Query", "Wish", "fetch_days", "list_queries", "shorten_since"]

__getattr__ = open_when_asked(
    __name__,
    {
        "FetchError": "account",
        "Wish": "days",
        "fetch_days": "days",
        "Query": "queries",
        "list_queries": "queries",
        "shorten_since": "queries",
    },
)
