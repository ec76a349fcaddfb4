"""Findings as a JUnit report, as GitLab and Jenkins show them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from watchspec.diagnostics import Diagnostic, Location, Severity
from watchspec.model.ignores import Suppressed
from watchspec.report.printable import make_printable, show_place

COUNTED = ("tests", "failures", "errors", "skipped")


def write_junit(
    active: Sequence[Diagnostic], suppressed: Sequence[Suppressed], fail_on: Severity
) -> str:
    """A test suite in which each finding is a test; without any, one test that passed.

    Findings that make the run fail are failures, ignored ones are skipped, others have passed. A test
    is named by what was found, not by its line, so that it keeps its history.
    """
    suites = ET.Element("testsuites")
    add_findings(suites, active, suppressed, fail_on)
    suites.attrib.update({name: suites[0].attrib[name] for name in COUNTED})
    return print_suites(suites)


def add_findings(
    suites: ET.Element,
    active: Sequence[Diagnostic],
    suppressed: Sequence[Suppressed],
    fail_on: Severity,
) -> None:
    """Add the suite of some findings."""
    failures = sum(one.severity >= fail_on for one in active)
    counts = {
        "tests": str(max(len(active) + len(suppressed), 1)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(len(suppressed)),
    }
    suite = ET.SubElement(suites, "testsuite", {"name": "watchspec", **counts})
    if not active and not suppressed:
        ET.SubElement(suite, "testcase", {"name": "check", "classname": "watchspec"})
    for one in active:
        case = _add_case(suite, one)
        text = make_printable(one.message)
        if one.severity >= fail_on:
            failure = ET.SubElement(case, "failure", {"message": text, "type": one.rule})
            failure.text = say_finding(one)
        else:
            ET.SubElement(case, "system-out").text = say_finding(one)
    for hidden in suppressed:
        case = _add_case(suite, hidden.finding)
        ET.SubElement(case, "skipped", {"message": make_printable(hidden.reason)})


def print_suites(suites: ET.Element) -> str:
    """The document."""
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add_case(suite: ET.Element, finding: Diagnostic) -> ET.Element:
    place = finding.location or Location("")
    file = make_printable(place.file)
    fields = {
        "name": f"{finding.rule}: {make_printable(finding.message)}",
        "classname": file or "watchspec",
        "file": file,
        "line": str(place.line),
    }
    return ET.SubElement(suite, "testcase", fields)


def say_finding(finding: Diagnostic) -> str:
    """A finding in lines."""
    lines = [
        f"{finding.severity.word}: {make_printable(finding.message)}",
        f"  at {show_place(finding.location)}" if finding.location else "",
        make_printable(finding.advice),
    ]
    return "\n".join(line for line in lines if line)
