"""A log group has too many metric filters, or a pattern or a query is too long.

Why: CloudWatch Logs takes 100 filters a group, 5 of them with a regular expression, patterns of 1,024 and
queries of 10,000 characters.

Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (read 2026-11-24)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from watchspec.catalog.quotas import (
    LOGS_FILTERS_PER_GROUP,
    LOGS_PATTERN_CHARACTERS,
    LOGS_QUERY_CHARACTERS,
    LOGS_REGEX_FILTERS_PER_GROUP,
)
from watchspec.check.filter_patterns import read_filters
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.filter_patterns import values_of
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/too-large", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Log groups, filters and queries beyond the limits of CloudWatch Logs."""
    filters = Counter(one.log for one in monitoring.metric_filters)
    for log in monitoring.log_groups:
        if filters[log.key] > LOGS_FILTERS_PER_GROUP:
            message = f'"{log.key}" has {filters[log.key]} metric filters; {LOGS_FILTERS_PER_GROUP} are the most'
            yield RULE.find(Severity.ERROR, message, log.source.place("metrics"))
    for one in monitoring.metric_filters:
        if len(one.pattern) > LOGS_PATTERN_CHARACTERS:
            message = f"the pattern has {len(one.pattern):,} characters; {LOGS_PATTERN_CHARACTERS:,} are the most"
            yield RULE.find(Severity.ERROR, message, one.source.place("pattern"))
    yield from _check_regexes(monitoring)
    for query in monitoring.queries:
        length = len(query.saved_text)
        if length > LOGS_QUERY_CHARACTERS:
            message = f"the query and its question have {length:,} characters; {LOGS_QUERY_CHARACTERS:,} are the most"
            yield RULE.find(Severity.ERROR, message, query.source.place("query"))


def _check_regexes(monitoring: Monitoring) -> Iterator[Diagnostic]:
    counted: Counter[str] = Counter()
    for read in read_filters(monitoring):
        if not any(value.is_regex for value in values_of(read.pattern)):
            continue
        counted[read.log.key] += 1
        if counted[read.log.key] == LOGS_REGEX_FILTERS_PER_GROUP + 1:
            message = f'"{read.log.key}" has more than {LOGS_REGEX_FILTERS_PER_GROUP} patterns with regular expressions'
            place = read.filter.source.place("pattern")
            help_text = "look for words or fields instead"
            yield RULE.find(Severity.ERROR, message, place, help=help_text)
