"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

UNKNOWN_PARAMETER = Rule(
    "fetch/unknown-parameter",
    """
A metric that is to be fetched depends on a parameter whose value nobody has said.

Why: only the deployment knows parameters without a default, so which metric is meant is open. Give the value
with `--parameter name=value`, as for `watchspec deploy`.
""",
)
NO_LONGER_KEPT = Rule(
    "fetch/no-longer-kept",
    """
More is asked for than CloudWatch still has in the periods that an alarm looks at.

Why: data points of a minute are kept for 15 days, of five minutes for 63 days and of an hour for 455 days.
What is older would look like missing data. Files kept from earlier runs reach further back: give them with
`--data`, or look at alarms with longer periods alone with `--alarm`.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (read 2026-11-24)
""",
)

RULES = (UNKNOWN_PARAMETER, NO_LONGER_KEPT)
