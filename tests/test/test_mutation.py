"""Alarms changed a little: which changes there are, which a test notices, and the test that would."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_tests import CPU, becomes, make_test, never, notifies, resolve
from watchspec.diagnostics import Severity
from watchspec.languages import Problem, parse_alarm_rule
from watchspec.model.monitoring import Monitoring
from watchspec.model.spec_tests import SpecTest
from watchspec.test.coverage import cover_alarms
from watchspec.test.mutants import make_mutants
from watchspec.test.mutation import Mutation
from watchspec.test.rule_mutants import mutate_rule, say_rule
from watchspec.test.run import make_facts


def mutate(monitoring: Monitoring, *tests: SpecTest) -> Mutation:
    """What becomes of all mutants."""
    mutation = Mutation()
    mutation.try_alarms(monitoring, [make_facts(monitoring, test, {}) for test in tests])
    return mutation


def changes_of(text: str, folder: Path) -> list[str]:
    """Every mutant of the one alarm, from what to what."""
    (alarm,) = resolve(text, folder).alarms
    return [f"{one.before} / {one.after}" for one in make_mutants(alarm)]


def test_every_part_of_a_condition_is_changed(tmp_path: Path) -> None:
    assert changes_of(CPU, tmp_path) == [
        "> 70 % / >= 70 %",
        "> 70 % / < 70 %",
        "> 70 % / > 63 %",
        "> 70 % / > 77 %",
        "10 of 10 data points / 9 of 10 data points",
        "10 of 10 data points / 10 of 11 data points",
        "10 of 10 data points / 9 of 9 data points",
        "10 of 10 data points / 11 of 11 data points",
        "missing_data: missing / missing_data: ignore",
        "missing_data: missing / missing_data: breaching",
        "missing_data: missing / missing_data: notBreaching",
    ]


@pytest.mark.parametrize(
    ("when", "thresholds"),
    [
        ("above: 0, for: 1m", ["> -1 %", "> 1 %"]),
        ("at_most: 20%, for: 1m", ["<= 18 %", "<= 22 %"]),
        ("above: 0.5%, for: 1m", ["> 0.45 %", "> 0.55 %"]),
        ("above: -50%, for: 1m", ["> -55 %", "> -45 %"]),
    ],
)
def test_thresholds_move_by_a_tenth(tmp_path: Path, when: str, thresholds: list[str]) -> None:
    found = changes_of(CPU.replace("above: 70%, for: 10m", when), tmp_path)

    assert [one.partition(" / ")[2] for one in found[2:4]] == thresholds


def test_thresholds_of_what_is_counted_move_to_another_whole_number(tmp_path: Path) -> None:
    text = CPU.replace(
        "AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}",
        "AWS/SQS NumberOfMessagesSent, dimensions: {QueueName: q}",
    )

    assert changes_of(text.replace("above: 70%", "below: 1"), tmp_path)[2:4] == [
        "< 1 / < 0",
        "< 1 / < 2",
    ]
    assert changes_of(text.replace("above: 70%", "below: -1"), tmp_path)[2:4] == [
        "< -1 / < -2",
        "< -1 / < 0",
    ]


@pytest.mark.parametrize(
    ("written", "changed"),
    [("2 GB", ["1.8 GB", "2.2 GB"]), ('"1,000 MiB"', ["900 MiB", "1100 MiB"])],
)
def test_thresholds_move_in_the_unit_of_their_author(
    tmp_path: Path, written: str, changed: list[str]
) -> None:
    text = CPU.replace(
        "AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}",
        "AWS/RDS FreeStorageSpace, dimensions: {DBInstanceIdentifier: d}",
    ).replace("70%", written)

    found = changes_of(text, tmp_path)[2:4]

    assert [one.rpartition("> ")[2] for one in found] == changed


def test_bands_are_made_wider_and_narrower(tmp_path: Path) -> None:
    text = CPU.replace("above: 70%", "outside_band: 2")

    assert changes_of(text, tmp_path)[:2] == [
        "2 deviations / 1.5 deviations",
        "2 deviations / 2.5 deviations",
    ]
    assert (
        changes_of(text.replace(": 2,", ": 0.5,"), tmp_path)[0] == "0.5 deviations / 1 deviations"
    )


def test_m_of_n_stays_possible(tmp_path: Path) -> None:
    text = CPU.replace("for: 10m", "datapoints: 2 of 3")

    assert [one for one in changes_of(text, tmp_path) if "data points" in one] == [
        "2 of 3 data points / 1 of 3 data points",
        "2 of 3 data points / 3 of 3 data points",
        "2 of 3 data points / 2 of 2 data points",
        "2 of 3 data points / 2 of 4 data points",
    ]


def test_good_tests_notice_every_mutant(tmp_path: Path) -> None:
    monitoring = resolve(CPU, tmp_path)
    tests = [
        make_test(monitoring, becomes("ALARM", 15), becomes("OK", 26), cpu="50x5 77x20 40x10"),
        make_test(monitoring, never("ALARM"), cpu="50x5 70x35"),
        make_test(monitoring, never("ALARM"), cpu="50x5 90x9 40x26"),
        make_test(monitoring, becomes("INSUFFICIENT_DATA", 17), minutes=30, cpu="50x5 _x25"),
        make_test(
            monitoring, becomes("ALARM", 15), becomes("INSUFFICIENT_DATA"), cpu="50x5 90x10 _x25"
        ),
    ]

    mutation = mutate(monitoring, *tests)

    assert [one.message for one in mutation.describe_missed()] == []
    assert len(mutation.killed) == 11


def test_survivor_is_told_as_the_test_that_is_missing(tmp_path: Path) -> None:
    monitoring = resolve(CPU, tmp_path)
    test = make_test(monitoring, becomes("ALARM", 15), becomes("OK", 26), cpu="50x5 90x20 40x10")

    found = list(mutate(monitoring, test).describe_missed())

    assert [(one.message, one.help) for one in found] == [
        (
            'no test of "hot" tells "> 70 %" from ">= 70 %" or "> 63 %"',
            "add one in which cpu is 70 % for 10 minutes, and expect OK",
        ),
        (
            'no test of "hot" tells "> 70 %" from "> 77 %"',
            "add one in which cpu is 77 % for 10 minutes, and expect ALARM",
        ),
        (
            (
                'no test of "hot" tells "missing_data: missing" from "missing_data: ignore", '
                '"missing_data: breaching" or "missing_data: notBreaching"'
            ),
            (
                "add one in which cpu has no data for 10 minutes and longer, "
                "and expect INSUFFICIENT_DATA"
            ),
        ),
    ]
    assert {one.location for one in found} == {monitoring.alarms[0].place}
    assert {one.rule for one in found} == {"test/mutant-survives"}


def test_alarm_without_a_test_is_one_finding(tmp_path: Path) -> None:
    (found,) = mutate(resolve(CPU, tmp_path)).describe_missed()

    assert found.message == 'no test is about "hot", so no change of it would be noticed'


def test_mutant_that_one_environment_notices_need_not_be_noticed_in_another(tmp_path: Path) -> None:
    monitoring = resolve(CPU, tmp_path)
    good = make_test(monitoring, becomes("ALARM", 15), cpu="50x5 90x20")
    mutation = Mutation()

    mutation.try_alarms(monitoring, [])
    before = len(mutation.missed)
    mutation.try_alarms(monitoring, [make_facts(monitoring, good, {})])
    after = len(mutation.missed)
    mutation.try_alarms(monitoring, [])

    assert (before, len(mutation.missed)) == (11, after)
    assert 0 < after < before


def test_notices_are_changed_where_a_test_is_about_them_and_only_noted(tmp_path: Path) -> None:
    monitoring = resolve(CPU, tmp_path)
    values = "50x5 90x20 40x10"
    plain = make_test(monitoring, becomes("ALARM", 15), cpu=values)
    told = make_test(monitoring, notifies("critical", state="ALARM", minute=15), cpu=values)

    assert not any("telling" in one.message for one in mutate(monitoring, plain).describe_missed())
    (note,) = (
        one for one in mutate(monitoring, told).describe_missed() if "telling" in one.message
    )
    assert note.severity is Severity.NOTE
    assert note.message == (
        'no test of "hot" tells "telling of recovery" from "not telling of recovery"'
    )


COMPOSITE = (
    CPU
    + """\
  cold: {severity: info, when: {metric: cpu, below: 5%, for: 2m}}
  any: {severity: info, when: {any: [hot, cold]}}
"""
)


def test_alarm_is_tested_by_the_tests_of_an_alarm_made_of_it(tmp_path: Path) -> None:
    monitoring = resolve(COMPOSITE, tmp_path)
    test = make_test(monitoring, becomes("ALARM", 15, alarm="any"), cpu="50x5 90x20")

    mutation = mutate(monitoring, test)

    assert ("hot", "> 70 %", "< 70 %") in mutation.killed
    assert ("any", "ALARM(hot) OR ALARM(cold)", "ALARM(cold)") in mutation.killed
    assert ("any", "ALARM(hot) OR ALARM(cold)", "ALARM(hot)") in mutation.missed


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        (
            "ALARM(a) AND ALARM(b)",
            [
                "ALARM(a) OR ALARM(b)",
                "ALARM(b)",
                "NOT ALARM(a) AND ALARM(b)",
                "ALARM(a)",
                "ALARM(a) AND NOT ALARM(b)",
            ],
        ),
        ("NOT OK(a)", ["OK(a)"]),
        ("ALARM(a) OR TRUE", ["ALARM(a) AND TRUE"]),
        ("ALARM(a) AND ALARM(a)", ["NOT ALARM(a) AND ALARM(a)"]),
        (
            "AT_LEAST(2, ALARM, (a, b))",
            [
                "AT_LEAST(1, ALARM, (a, b))",
                "AT_LEAST(1, ALARM, (b))",
                "AT_LEAST(1, ALARM, (a))",
                "AT_LEAST(2, NOT ALARM, (a, b))",
            ],
        ),
    ],
)
def test_rules_are_changed_where_it_makes_a_difference(rule: str, changed: list[str]) -> None:
    term = parse_alarm_rule(rule)
    assert not isinstance(term, Problem)

    assert [say_rule(one) for one, _ in mutate_rule(term)] == changed


def test_rule_tells_the_states_in_which_it_differs() -> None:
    term = parse_alarm_rule("ALARM(a) AND ALARM(b)")
    assert not isinstance(term, Problem)

    advice = {say_rule(changed): text for changed, text in mutate_rule(term)}

    assert advice["ALARM(a) OR ALARM(b)"] == '"a" is OK and "b" is ALARM, and expect OK'
    assert advice["ALARM(a)"] == '"a" is ALARM and "b" is OK, and expect OK'


def test_rules_of_many_alarms_are_changed_too() -> None:
    names = [f"a{number}" for number in range(40)]
    term = parse_alarm_rule(f"AT_LEAST(20, ALARM, ({', '.join(names)}))")
    assert not isinstance(term, Problem)

    found = [say_rule(one) for one, _ in mutate_rule(term)]

    assert [one.partition(",")[0] for one in found[:2]] == ["AT_LEAST(19", "AT_LEAST(21"]
    assert len(found) == 43


def test_missing_data_is_not_changed_where_there_is_none(tmp_path: Path) -> None:
    text = CPU.replace("metric: cpu, above", 'expression: "FILL(cpu, 0)", unit: Percent, above')

    mutation = mutate(resolve(text, tmp_path))

    assert not any(before.startswith("missing_data") for _, before, _ in mutation.missed)


def test_silence_of_a_composite_is_changed_where_a_test_is_about_notices(tmp_path: Path) -> None:
    text = (
        CPU
        + """\
  cold: {severity: info, when: {metric: cpu, below: 5%, for: 2m}}
  any:
    severity: critical
    when: {any: [hot]}
    suppressed_by: {alarm: cold, wait: 2m, extension: 2m}
"""
    )
    monitoring = resolve(text, tmp_path)
    values = "50x5 90x20 40x10"
    test = make_test(monitoring, notifies("critical", alarm="any"), cpu=values)

    found = [one.message for one in mutate(monitoring, test).describe_missed()]

    assert 'no test of "any" tells "silence by cold" from "none"' in found
    assert 'no test of "any" tells "telling critical" from "not telling critical"' not in found


def test_band_is_changed_where_it_is_tested(tmp_path: Path) -> None:
    days = 60 * 24 * 4
    monitoring = resolve(CPU.replace("above: 70%", "outside_band: 2"), tmp_path)
    values = f"50x{days // 2} 51x{days // 2 - 60} 90x60"
    test = make_test(monitoring, becomes("ALARM"), minutes=days, cpu=values)

    assert list(mutate(monitoring).describe_missed()) == []
    assert ("hot", "10 of 10 data points", "10 of 11 data points") in mutate(
        monitoring, test
    ).missed


def test_alarms_made_of_alarms_as_deep_as_it_gets_are_tried(tmp_path: Path) -> None:
    depth = 49
    chain = [
        f"  a{number}: {{severity: info, when: {{all: [{f'a{number - 1}' if number else 'hot'}]}}}}\n"
        for number in range(depth)
    ]
    monitoring = resolve(CPU + "".join(chain), tmp_path)
    last = f"a{depth - 1}"
    test = make_test(monitoring, never("ALARM", alarm=last), minutes=3, cpu="50x3")
    facts = make_facts(monitoring, test, {})

    mutation = mutate(monitoring, test)
    rows = {row.alarm: row for row in cover_alarms(monitoring, [facts])}

    assert ("hot", "> 70 %", "< 70 %") in mutation.missed
    assert ("a0", "ALARM(hot)", "NOT ALARM(hot)") in mutation.killed
    assert rows[last].quiet == ("it is hot",)
