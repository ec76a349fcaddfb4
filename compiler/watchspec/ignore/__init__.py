"""Ignore: findings in, those that count out; and what is wrong with the ignores themselves.

What is ignored stands in a spec beside the thing (`find_ignores`), in the project file
(`read_project`) or in the baseline (`read_baseline`); a `Sieve` made of all three takes it out.
"""

from watchspec.ignore.baseline import (
    BASELINE_FILE,
    Baseline,
    count_findings,
    read_baseline,
    write_baseline,
)
from watchspec.ignore.places import find_ignores
from watchspec.ignore.project import PROJECT_FILE, Project, read_project
from watchspec.ignore.review import Judge, review_baseline, review_ignores
from watchspec.ignore.sieve import Sieve, Sifted, choose_findings

__all__ = [
    "BASELINE_FILE",
    "PROJECT_FILE",
    "Baseline",
    "Judge",
    "Project",
    "Sieve",
    "Sifted",
    "choose_findings",
    "count_findings",
    "find_ignores",
    "read_baseline",
    "read_project",
    "review_baseline",
    "review_ignores",
    "write_baseline",
]
