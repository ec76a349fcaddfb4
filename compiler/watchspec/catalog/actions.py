"""What alarms can do."""

from __future__ import annotations

import re

_FOR_ALARM_ONLY = re.compile(r"arn:[^:]*:(?:ssm|ssm-incidents|aiops):.+")


def is_for_alarm_only(arn: str) -> bool:
    """Whether an action is done in the state ALARM alone: OpsItems, incidents, investigations.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html (read 2026-11-24)
    """
    return _FOR_ALARM_ONLY.fullmatch(arn) is not None
