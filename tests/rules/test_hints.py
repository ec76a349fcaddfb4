"""Advice that is followed: what a hint names, put in the place of what is marked, ends the finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import check_text
from watchspec.diagnostics import Diagnostic, Severity
from watchspec.rulebook import ALL_RULES

BAD = re.compile(r"^Bad:\n```yaml\n(.*?)```$", re.MULTILINE | re.DOTALL)
EXAMPLES = {rule.id: match[1] for rule in ALL_RULES if (match := BAD.search(rule.page.strip()))}
HINT = re.compile(r'did you mean "(.*)"\?')
SPEC = """\
version: v1
service: shop
owner: shop-team
environments:
  prod: {region: eu-west-1, values: {queues: [orders], days: 30 days}}
parameters:
  address: {description: Where alarms are mailed, pattern: email}
notify:
  critical: {email: ["${address}"]}
metrics:
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: shop}, levels: {high: "> 5"}}
  age_${queue}:
    for_each: {queue: "${queues}"}
    metric: AWS/SQS ApproximateAgeOfOldestMessage
    dimensions: {QueueName: "${queue}"}
logs:
  backend: {group: /shop/backend, retention: "${days}", format: {json: {level: string}}}
queries:
  Lines: {log: backend, question: Which lines?, query: fields level}
alarms:
  failing:
    severity: critical
    when: {metric: errors, level: high}
    runbook: {steps: [Look.]}
    notify: [critical]
  broken: {severity: info, when: {any: [failing]}, notify: []}
dashboards:
  main: {rows: [[{graph: errors}, {graph: age_orders}, {query: Lines}]]}
"""


def follow(text: str, finding: Diagnostic) -> str:
    """The text as the hint of a finding says; if only a part of what is marked is named, that part."""
    place = finding.location
    assert place is not None
    lines = text.split("\n")
    start = place.column - 1
    line = lines[place.line - 1]
    marked, meant = line[start : start + place.width], HINT.fullmatch(finding.hint)
    assert meant is not None, finding.hint
    named = [word for word in re.findall(r'"([^"]+)"', finding.message) if word in marked]
    wrong = named[0] if named else marked
    lines[place.line - 1] = (
        line[:start] + marked.replace(wrong, meant[1]) + line[start + place.width :]
    )
    return "\n".join(lines)


def hinted(text: str, folder: Path) -> list[Diagnostic]:
    return [one for one in check_text(text, folder) if one.hint.startswith("did you mean")]


def test_a_hint_that_is_followed_ends_the_finding(tmp_path: Path) -> None:
    followed = 0
    for text in EXAMPLES.values():
        for finding in hinted(text, tmp_path):
            again = check_text(follow(text, finding), tmp_path)
            followed += 1

            assert (finding.rule, finding.message) not in {(one.rule, one.message) for one in again}
            errors = [one for one in again if one.severity is Severity.ERROR]
            assert finding.location not in {one.location for one in errors}, finding
    assert followed >= 20


def test_the_spec_that_is_misspelt_below_has_no_findings(tmp_path: Path) -> None:
    assert [one for one in check_text(SPEC, tmp_path) if one.severity > Severity.NOTE] == []


@pytest.mark.parametrize(
    ("right", "wrong", "meant"),
    [
        ('["${address}"]', '["${adress}"]', "address"),
        ('"${queues}"', '"${queus}"', "queues"),
        ('"${days}"', '"${day}"', "days"),
        ("log: backend", "log: bakend", "backend"),
        ("query: Lines", "query: Line", "Lines"),
        ("graph: errors", "graph: erors", "errors"),
        ("level: high", "level: hihg", "high"),
        ("notify: [critical]", "notify: [critcal]", "critical"),
        ("any: [failing]", "any: [faling]", "failing"),
        ("AWS/Lambda Errors", "AWS/Lambda Erors", "Errors"),
        ("fields level", "fields levle", "level"),
    ],
)
def test_one_slip_is_one_finding(right: str, wrong: str, meant: str, tmp_path: Path) -> None:
    findings = [
        one
        for one in check_text(SPEC.replace(right, wrong), tmp_path)
        if one.severity > Severity.NOTE
    ]

    assert [one.hint for one in findings] == [f'did you mean "{meant}"?']


def test_a_name_declared_wrongly_is_found_where_it_is_used_and_not_as_unused(
    tmp_path: Path,
) -> None:
    (finding,) = check_text(SPEC.replace("  address: {", "  adress: {"), tmp_path)

    assert (finding.rule, finding.hint) == ("reference/unknown-name", 'did you mean "adress"?')
