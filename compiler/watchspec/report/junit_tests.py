"""Results of tests as a JUnit report: a suite for each spec and environment, a case for each test."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from watchspec.diagnostics import Diagnostic, Severity
from watchspec.model.test_results import CaseResult
from watchspec.report.junit import COUNTED, add_findings, print_suites, say_finding
from watchspec.report.printable import make_printable
from watchspec.report.timeline import draw_timeline


def write_test_junit(results: Sequence[CaseResult], others: Sequence[Diagnostic]) -> str:
    """Every test, passed or failed; `others` are findings that are of no test."""
    suites = ET.Element("testsuites")
    by_suite: dict[tuple[str, str], list[CaseResult]] = {}
    for result in results:
        by_suite.setdefault((result.spec, result.environment), []).append(result)
    for (spec, environment), cases in by_suite.items():
        counts = {
            "tests": str(len(cases)),
            "failures": str(sum(bool(one.failures) for one in cases)),
            "errors": "0",
            "skipped": "0",
        }
        name = f"{make_printable(spec)} ({environment})"
        suite = ET.SubElement(suites, "testsuite", {"name": name, **counts})
        for one in cases:
            _add_test(suite, one)
    if others or not results:
        add_findings(suites, others, (), Severity.ERROR)
    for name in COUNTED:
        suites.set(name, str(sum(int(suite.attrib[name]) for suite in suites)))
    return print_suites(suites)


def _add_test(suite: ET.Element, result: CaseResult) -> None:
    fields = {
        "name": make_printable(result.name),
        "classname": f"{make_printable(result.spec)}.{result.environment}",
        "file": make_printable(result.place.file),
        "line": str(result.place.line),
    }
    case = ET.SubElement(suite, "testcase", fields)
    if not result.failures:
        return
    first = result.failures[0].finding
    more = len(result.failures) - 1
    message = f"{make_printable(first.message)}{f' (and {more} more)' if more else ''}"
    failure = ET.SubElement(case, "failure", {"message": message, "type": first.rule})
    lines = []
    for one in result.failures:
        lines += [say_finding(one.finding), ""]
        if one.timeline is not None:
            lines += [*draw_timeline(one.timeline), ""]
    failure.text = "\n".join(lines).rstrip()
