"""Findings about quantities."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

BAD_QUANTITY = Rule(
    "quantity/malformed",
    write_page(
        """
A quantity or a duration is not written as a number and a unit.

Why: 70% and 70 ms are different things; the compiler converts them to the unit of the metric.
""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> many'}}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}",
    ),
)

UNKNOWN_UNIT = Rule(
    "quantity/unknown-unit",
    write_page(
        """
A quantity has a unit, but nobody said which unit the metric is in.

Why: without the unit of the metric the number cannot be converted.
""",
        "metrics:\n  age: {metric: Shop Age, levels: {high: '> 5m'}}",
        "metrics:\n  age: {metric: Shop Age, unit: Seconds, levels: {high: '> 5m'}}",
    ),
)

WRONG_KIND = Rule(
    "quantity/wrong-kind",
    write_page(
        """
A quantity is of another kind than the metric.

Why: a percentage of bytes or a time in percent cannot be compared.
""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 2 GB'}}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}",
    ),
)

RULES = (
    BAD_QUANTITY,
    UNKNOWN_UNIT,
    WRONG_KIND,
)
