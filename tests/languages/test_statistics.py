"""Statistics that CloudWatch takes, and those it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchspec.languages import Problem, find_statistic_problem


@pytest.mark.parametrize(
    "statistic",
    [
        *("Average", "Sum", "Minimum", "Maximum", "SampleCount", "IQM"),
        *("p99", "p99.9", "p0", "p100", "p.5", "tm90", "tc95", "ts50", "wm99.9999999999"),
        *("TM(10%:90%)", "TM(:95%)", "WM(2.5%:)", "TC(80:500)", "TS(:0.5)", "PR(:300)", "PR(5:)"),
        *("TM(0%:100%)", "PR(0:1000000)"),
    ],
)
def test_what_aws_documents_is_taken(statistic: str) -> None:
    assert find_statistic_problem(statistic) is None


@pytest.mark.parametrize(
    ("statistic", "message", "offset"),
    [
        ("average", '"average" is not a statistic', 0),
        ("P99", '"P99" is not a statistic', 0),
        ("p", '"p" is not a statistic', 0),
        ("p9.9.9", '"p9.9.9" is not a statistic', 0),
        ("q99", '"q99" is not a statistic', 0),
        ("99", '"99" is not a statistic', 0),
        ("", '"" is not a statistic', 0),
        ("p101", '"101" is more than 100', 1),
        ("tm100.5", '"100.5" is more than 100', 2),
        ("tm(10%:90%)", '"tm(10%:90%)" is not a statistic', 0),
        ("PR(10%:90%)", '"PR(10%:90%)" is not a statistic', 0),
        ("TM(10%:90%", '"TM(10%:90%" is not a statistic', 0),
        ("TM(10%:90%))", '"TM(10%:90%))" is not a statistic', 0),
        ("TM(10%)", '"TM(10%)" is not a statistic', 0),
        ("TM(10%:90)", '"90" is not a percentage', 7),
        ("TM(10:90%)", '"10" is not a percentage', 3),
        ("TM(:)", '"TM" needs a lower or an upper bound', 3),
        ("TM(90%:10%)", 'the lower bound "90%" is not below the upper bound "10%"', 3),
        ("TM(10%:110%)", '"110%" is more than 100%', 7),
        ("TC(a:5)", '"a" is not a number', 3),
        ("PR(5:5)", 'the lower bound "5" is not below the upper bound "5"', 3),
    ],
)
def test_what_is_wrong_is_said_where_it_is(statistic: str, message: str, offset: int) -> None:
    assert find_statistic_problem(statistic) == Problem(message, offset)


@given(
    text=st.text(max_size=30) | st.from_regex(r"(TM|PR|p|tm)\(?[0-9.%:]{0,12}\)?", fullmatch=True)
)
def test_any_text_is_answered(text: str) -> None:
    problem = find_statistic_problem(text)

    assert problem is None or 0 <= problem.offset <= len(text)
