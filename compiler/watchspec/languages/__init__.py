"""Languages: texts in AWS's own small languages in, typed trees out."""

from watchspec.languages.alarm_rules import parse_alarm_rule

__all__ = ["parse_alarm_rule"]
