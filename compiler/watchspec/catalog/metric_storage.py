"""How long CloudWatch keeps data points of metrics."""

from __future__ import annotations

_DAY = 86_400
RETENTION_SECONDS = ((60, 15 * _DAY), (300, 63 * _DAY), (3_600, 455 * _DAY))
"""The length of a period, and for how long data points of such periods are kept.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (read 2026-11-24)
"""
