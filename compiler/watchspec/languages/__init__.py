"""Languages: texts in AWS's own small languages in, typed trees out."""

from watchspec.languages.alarm_rules import parse_alarm_rule
from watchspec.languages.filter_patterns import parse_filter_pattern, parse_selector
from watchspec.languages.filter_regexes import split_regex
from watchspec.languages.insights_queries import parse_insights_query
from watchspec.languages.metric_math import parse_metric_math, rename_identifiers
from watchspec.languages.metrics_insights import parse_metrics_insights
from watchspec.languages.parsing import Problem
from watchspec.languages.statistics import find_statistic_problem

__all__ = [
    "Problem",
    "find_statistic_problem",
    "parse_alarm_rule",
    "parse_filter_pattern",
    "parse_insights_query",
    "parse_metric_math",
    "parse_metrics_insights",
    "parse_selector",
    "rename_identifiers",
    "split_regex",
]
