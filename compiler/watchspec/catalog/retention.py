"""How long CloudWatch Logs can keep lines."""

from __future__ import annotations

RETENTION_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,
    1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip
"""The numbers of days that exist; without one, lines are kept for ever.

Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (read 2026-11-24)
"""


def nearest_retention(days: int) -> int:
    """The shortest retention that keeps lines at least so many days."""
    return next((known for known in RETENTION_DAYS if known >= days), RETENTION_DAYS[-1])
