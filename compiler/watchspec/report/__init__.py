"""Report: findings in, text out: for people, for machines, for GitHub, for test runners."""

from watchspec.report.formats import FORMATS, write_report
from watchspec.report.printable import make_printable

__all__ = ["FORMATS", "make_printable", "write_report"]
