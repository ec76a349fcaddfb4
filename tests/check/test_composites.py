"""Rules of composite alarms that say nothing, whatever happens."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support import HEAD, compile_text, marked_text
from watchspec.check.alarm_truth import STATES, can_be, depends_on, evaluate
from watchspec.diagnostics import Diagnostic
from watchspec.languages import parse_alarm_rule
from watchspec.languages.parsing import Problem
from watchspec.model.alarm_rules import (
    AtLeast,
    Constant,
    Junction,
    Negation,
    RuleTerm,
    StateOf,
)

ALARMS = """\
metrics:
  errors: {metric: Shop Errors}
  beats: {metric: Shop Beats, statistic: Sum}
alarms:
  a: {severity: info, when: {metric: errors, above: 5}}
  b: {severity: info, when: {metric: errors, above: 50}}
  c: {severity: info, when: {metric: errors, above: 500}}
  beating: {severity: info, when: {metric: beats, below: 1}, missing_data: breaching}
  quiet: {severity: info, when: {metric: errors, above: 9}, missing_data: notBreaching}
  group: {severity: info, when: {all: [a, b]}}
"""


def find(rule: str, folder: Path, more: str = "") -> list[Diagnostic]:
    """What is said of composite alarms when one more has this rule."""
    text = f"{HEAD}{ALARMS}  whole:\n    severity: info\n    when: {{rule: '{rule}'}}\n{more}"
    found = compile_text(text, folder).diagnostics
    return [one for one in found if one.rule.startswith(("composite/", "alarm/bad-rule"))]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("ALARM(a) AND OK(a)", "never"),
        ("ALARM(a) AND NOT ALARM(a)", "never"),
        ("FALSE", "never"),
        ("ALARM(a) AND FALSE", "never"),
        ("NOT (ALARM(a) OR OK(a) OR INSUFFICIENT_DATA(a))", "never"),
        ("AT_LEAST(2, ALARM, (a, b)) AND OK(b)", "never"),
        ("AT_LEAST(100%, ALARM, (a, b)) AND NOT ALARM(b)", "never"),
        ("TRUE", "always"),
        ("ALARM(a) OR NOT ALARM(a)", "always"),
        ("ALARM(a) OR OK(a) OR INSUFFICIENT_DATA(a)", "always"),
        ("NOT (ALARM(a) AND OK(a))", "always"),
        ("AT_LEAST(1, ALARM, (a, b)) OR NOT ALARM(a)", "always"),
        ("ALARM(a) OR OK(a)", ""),
        ("ALARM(a) AND NOT ALARM(b)", ""),
        ("AT_LEAST(2, NOT OK, (a, b, c))", ""),
        # Between one alarm and two nobody knows how CloudWatch rounds.
        ("AT_LEAST(50%, ALARM, (a, b, c)) AND OK(b) AND OK(c)", ""),
    ],
)
def test_a_rule_that_is_never_or_always_true_is_an_error(
    rule: str, found: str, tmp_path: Path
) -> None:
    findings = find(rule, tmp_path)

    expected = {"never": ["composite/never-fires"], "always": ["composite/always-fires"], "": []}
    assert [one.rule for one in findings] == expected[found]
    assert all(marked_text(one) == f"'{rule}'" for one in findings)


@pytest.mark.parametrize(
    ("rule", "pointless"),
    [
        ("ALARM(a) OR (ALARM(a) AND ALARM(b))", ["b"]),
        ("ALARM(a) AND (ALARM(b) OR NOT ALARM(b))", ["b"]),
        ("ALARM(a) OR (FALSE AND ALARM(b) AND ALARM(c))", ["b", "c"]),
        ("(ALARM(a) AND ALARM(b)) OR (ALARM(a) AND NOT ALARM(b))", ["b"]),
        ("ALARM(a) AND ALARM(b) OR ALARM(c) AND ALARM(a)", []),
        ("ALARM(a) AND (OK(b) OR ALARM(b))", []),
        ("ALARM(a) AND TRUE", []),
    ],
)
def test_an_alarm_that_makes_no_difference_is_a_warning(
    rule: str, pointless: list[str], tmp_path: Path
) -> None:
    findings = find(rule, tmp_path)

    assert [one.rule for one in findings] == ["composite/pointless-alarm"] * len(pointless)
    assert [marked_text(one) for one in findings] == pointless


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("INSUFFICIENT_DATA(beating) OR ALARM(a)", "missing data puts it in alarm"),
        ("INSUFFICIENT_DATA(quiet) OR ALARM(a)", "missing data is taken as good"),
        ("ALARM(a) OR INSUFFICIENT_DATA(group)", "it is a composite alarm"),
        ("INSUFFICIENT_DATA(b) OR ALARM(a)", ""),
        ("OK(beating) OR ALARM(a)", ""),
    ],
)
def test_waiting_for_a_state_an_alarm_is_never_in_is_a_warning(
    rule: str, why: str, tmp_path: Path
) -> None:
    findings = find(rule, tmp_path)

    assert {one.rule for one in findings} <= {"composite/impossible-state"}
    assert [one.message.split(": ")[1] for one in findings] == ([why] if why else [])
    assert all(marked_text(one) in {"beating", "quiet", "group"} for one in findings)


@pytest.mark.parametrize(
    ("rule", "silencer", "found"),
    [
        ("ALARM(a) AND ALARM(b)", "a", ["composite/silenced-by-itself"]),
        ("ALARM(a) AND NOT (OK(b) OR INSUFFICIENT_DATA(b))", "b", ["composite/silenced-by-itself"]),
        ("ALARM(a) OR ALARM(b)", "a", []),
        ("ALARM(a) AND ALARM(b)", "c", []),
        ("FALSE", "a", ["composite/never-fires"]),
    ],
)
def test_an_alarm_that_is_suppressed_whenever_it_goes_off_is_an_error(
    rule: str, silencer: str, found: list[str], tmp_path: Path
) -> None:
    findings = find(rule, tmp_path, f"    suppressed_by: {{alarm: {silencer}}}\n")

    assert [one.rule for one in findings] == found


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("ALARM(a) XOR ALARM(b)", "XOR"),
        ("ALARM(a) AND AT_LEAST(4, ALARM, (a, b, c))", "4"),
        ("AT_LEAST(101%, ALARM, (a, b, c))", "101%"),
        ("ALARM(a", "'ALARM(a'"),
    ],
)
def test_a_rule_that_cannot_be_read_is_marked_where_it_is_wrong(
    rule: str, marked: str, tmp_path: Path
) -> None:
    (error,) = find(rule, tmp_path)

    assert marked_text(error) == marked


def test_an_unknown_alarm_is_marked_in_the_rule(tmp_path: Path) -> None:
    text = f'{HEAD}{ALARMS}  whole: {{severity: info, when: {{rule: ALARM(a) OR ALARM("bb")}}}}\n'

    (error,) = compile_text(text, tmp_path).diagnostics

    assert (error.rule, marked_text(error)) == ("alarm/unknown", "bb")


# --- the search, against trying everything

ATOMS = st.builds(
    StateOf, st.sampled_from(STATES), st.sampled_from(("a", "b", "c")), st.just(0)
) | st.builds(Constant, st.booleans())
SHARES = st.builds(
    lambda count, negated, state, names: AtLeast(
        min(count, len(names)),
        is_percent=False,
        is_negated=negated,
        members=tuple(StateOf(state, name, 0) for name in names),
        offset=0,
    ),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from(STATES),
    st.lists(st.sampled_from(("a", "b", "c")), min_size=1, max_size=3, unique=True),
)
RULES: st.SearchStrategy[RuleTerm] = st.recursive(
    ATOMS | SHARES,
    lambda inner: (
        st.builds(Negation, inner)
        | st.builds(
            Junction,
            st.sampled_from(("AND", "OR")),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        )
    ),
    max_leaves=8,
)


@given(RULES)
@example(Constant(value=True))
def test_what_is_said_of_a_rule_is_what_trying_all_states_shows(term: RuleTerm) -> None:
    every = [dict(zip("abc", states, strict=True)) for states in product(STATES, repeat=3)]
    truths = [evaluate(term, known) for known in every]
    matters = {
        evaluate(term, {**known, "b": one}) != evaluate(term, {**known, "b": other})
        for known in every
        for one, other in product(STATES, repeat=2)
    }

    assert can_be(term, wanted=True) is (True in truths)
    assert can_be(term, wanted=False) is (False in truths)
    assert depends_on(term, "b") is (True in matters)


def test_a_rule_too_hard_to_decide_is_left_alone() -> None:
    """Six pigeons do not fit into five holes, which nobody finds out by trying a few."""
    holes, pigeons = range(5), range(6)
    sits = {(p, h): f"p{p}h{h}" for p in pigeons for h in holes}
    somewhere = [" OR ".join(f"ALARM({sits[p, h]})" for h in holes) for p in pigeons]
    alone = [
        f"NOT (ALARM({sits[p, h]}) AND ALARM({sits[q, h]}))"
        for h in holes
        for p in pigeons
        for q in range(p)
    ]
    term = parse_alarm_rule(" AND ".join(f"({one})" for one in [*somewhere, *alone]))

    assert not isinstance(term, Problem)
    assert can_be(term, wanted=True) is None
