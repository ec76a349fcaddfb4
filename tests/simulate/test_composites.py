"""Composite alarms, and the timelines of AWS's page on suppression (wait 2, extension 3).

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html (read 2026-11-24)
"""

from __future__ import annotations

import numpy as np
import pytest

from watchspec.languages import Problem, parse_alarm_rule
from watchspec.simulate.acting import Change, Suppression, act
from watchspec.simulate.composites import evaluate_rule
from watchspec.simulate.judging import State

LETTERS = {"O": 0, "A": 1, "I": 2}


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        ("ALARM(a)", "AAAOOO"),
        ("OK(a)", "OOOAAO"),
        ("INSUFFICIENT_DATA(a)", "OOOOOA"),
        ("NOT ALARM(a)", "OOOAAA"),
        ("ALARM(a) AND ALARM(b)", "AOOOOO"),
        ("ALARM(a) OR ALARM(b)", "AAAAOO"),
        ("ALARM(a) AND NOT ALARM(b)", "OAAOOO"),
        ("TRUE", "AAAAAA"),
        ("FALSE", "OOOOOO"),
        ("AT_LEAST(2, ALARM, (a, b, c))", "AOAOOO"),
        ("AT_LEAST(2, NOT OK, (a, b, c))", "AAAOOA"),
        ("AT_LEAST(50%, ALARM, (a, b))", "AAAAOO"),
        ("AT_LEAST(100%, OK, (a, b, c))", "OOOOAO"),
    ],
)
def test_a_composite_alarm_follows_its_rule(rule: str, states: str) -> None:
    written = {"a": "AAAOOI", "b": "AIOAOO", "c": "OOAOOI"}
    histories = {
        key: np.array([LETTERS[one] for one in letters], dtype=np.int8)
        for key, letters in written.items()
    }
    term = parse_alarm_rule(rule)
    assert not isinstance(term, Problem)

    codes = evaluate_rule(term, histories, 6)

    assert "".join("OAI"[code] for code in codes) == states


def read(changes: str) -> list[Change]:
    """`A2 O3`: in alarm from 2 on, fine from 3 on."""
    return [Change(int(one[1:]), State(LETTERS[one[0]])) for one in changes.split()]


@pytest.mark.parametrize(
    ("composite", "suppressor", "acts"),
    [
        ("O0 A2", "O0", "O2 A4"),
        ("O0 A2", "O0 A3", "O2"),
        ("O0 A2 O3", "O0", "O2 O5"),
        ("A2 O3", "O0", "O5"),
        ("A2", "A0", ""),
        ("A2", "O0 A3 O6", "A9"),
        ("A2 O7", "O0 A3 O6", "O9"),
        ("A2", "O0 A3 I6", "A9"),
        ("A2", "I0", "A4"),
        ("A2 O9 A20", "O0", "A4 O11 A22"),
        ("A2 O4", "O0 A3 O10", "O13"),
        ("A2", "O0 A3 O6 A8", ""),
        ("A2", "O0 A4", ""),
    ],
)
def test_a_suppressed_alarm_acts_when_it_should(composite: str, suppressor: str, acts: str) -> None:
    found = list(act(read(composite), Suppression(tuple(read(suppressor)), 2, 3)))

    assert found == read(acts)
