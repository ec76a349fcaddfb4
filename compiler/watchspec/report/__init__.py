"""Report: findings in, text out: for people, for machines, for GitHub, for test runners."""

from watchspec.report.formats import FORMATS, write_report

__all__ = ["FORMATS", "write_report"]
