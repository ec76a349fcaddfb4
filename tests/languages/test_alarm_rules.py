from __future__ import annotations

import pytest

from watchspec.languages import parse_alarm_rule
from watchspec.languages.alarm_rules import MAX_ELEMENTS
from watchspec.languages.parsing import Problem
from watchspec.model.alarm_rules import (
    AtLeast,
    Constant,
    Junction,
    Negation,
    RuleTerm,
    StateOf,
    states_in,
)

A, B, C = StateOf("ALARM", "a", 6), StateOf("OK", "b", 0), StateOf("ALARM", "c", 0)


def without_offsets(term: RuleTerm | Problem) -> object:
    """The tree in plain words, without the places of names."""
    match term:
        case StateOf():
            return f"{term.state} {term.alarm}"
        case AtLeast():
            state = [without_offsets(one) for one in term.members]
            return (term.count, "%" if term.is_percent else "", term.is_negated, state)
        case Negation():
            return ("not", without_offsets(term.term))
        case Junction():
            return (term.word, *(without_offsets(one) for one in term.terms))
        case Constant():
            return term.value
        case Problem():
            return term.message


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("ALARM(a)", "ALARM a"),
        ("OK(a)", "OK a"),
        ("INSUFFICIENT_DATA(a)", "INSUFFICIENT_DATA a"),
        ("TRUE", True),
        ("FALSE", False),
        ("ALARM(a) OR OK(b) OR ALARM(c)", ("OR", "ALARM a", "OK b", "ALARM c")),
        ("ALARM(a) AND OK(b) OR ALARM(c)", ("OR", ("AND", "ALARM a", "OK b"), "ALARM c")),
        ("ALARM(a) AND (OK(b) OR ALARM(c))", ("AND", "ALARM a", ("OR", "OK b", "ALARM c"))),
        ("NOT ALARM(a) AND OK(b)", ("AND", ("not", "ALARM a"), "OK b")),
        ("NOT (ALARM(a) AND OK(b))", ("not", ("AND", "ALARM a", "OK b"))),
        ("NOT NOT TRUE", ("not", ("not", True))),
        ("AT_LEAST(2, ALARM, (a, b, c))", (2, "", False, ["ALARM a", "ALARM b", "ALARM c"])),
        ("AT_LEAST(50%, OK, (a, b))", (50, "%", False, ["OK a", "OK b"])),
        ("AT_LEAST( 1 , NOT ALARM , ( a ) )", (1, "", True, ["ALARM a"])),
        ("ALARM(a)\nAND\tOK(b)", ("AND", "ALARM a", "OK b")),
    ],
)
def test_a_rule_becomes_a_tree(text: str, tree: object) -> None:
    assert without_offsets(parse_alarm_rule(text)) == tree


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ALARM(a-b_c.d)", "a-b_c.d"),
        (
            "ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x)",
            "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x",
        ),
        ('ALARM("with space, comma (and) brackets")', "with space, comma (and) brackets"),
        (r'ALARM("a \"quoted\" word")', 'a "quoted" word'),
        (r'ALARM("back\\slash")', r"back\slash"),
        ('ALARM("")', ""),
        ("ALARM(ALARMING)", "ALARMING"),
        ("ALARM(NOTHING)", "NOTHING"),
        ("ALARM(OK)", "OK"),
        ("ALARM(TRUE)", "TRUE"),
        ("ALARM(AND)", "AND"),
        ("ALARM(50)", "50"),
        ("ALARM(é)", "é"),
    ],
)
def test_a_name_may_be_bare_or_in_quotes(text: str, name: str) -> None:
    term = parse_alarm_rule(text)

    assert isinstance(term, StateOf), term
    assert term.alarm == name


def test_an_escaped_backslash_before_a_quote_is_a_backslash() -> None:
    term = parse_alarm_rule(r'ALARM("a\\") OR ALARM("\\\"")')

    assert without_offsets(term) == ("OR", "ALARM a\\", 'ALARM \\"')


def test_every_state_knows_where_its_name_stands() -> None:
    text = 'ALARM(a) AND AT_LEAST(1, OK, (bb, "c c"))'

    term = parse_alarm_rule(text)

    assert not isinstance(term, Problem)
    found = [(one.alarm, text[one.offset :][: len(one.alarm)]) for one in states_in(term)]
    assert found == [("a", "a"), ("bb", "bb"), ("c c", "c c")]


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("ALARM(a) XOR OK(b)", '"XOR" is not possible here', 9),
        ("hot", '"hot" is not possible here', 0),
        ("ALARM(a) OK(b)", '"OK" is not possible here', 9),
        ("AT_LEAST(x, ALARM, (a))", '"x" is not possible here', 9),
    ],
)
def test_a_problem_says_what_is_wrong_and_where(text: str, message: str, offset: int) -> None:
    problem = parse_alarm_rule(text)

    assert isinstance(problem, Problem), problem
    assert (problem.message, problem.offset) == (message, offset)


@pytest.mark.parametrize("text", ["", "ALARM(a) AND", "ALARM(a", "NOT", "AT_LEAST(1"])
def test_a_rule_that_is_not_finished_says_so(text: str) -> None:
    problem = parse_alarm_rule(text)

    assert isinstance(problem, Problem)
    assert problem.message == "the rule ends too early"


@pytest.mark.parametrize("text", ['ALARM("a', "ALARM(a)\x00", "ALARM(,)", "☂", "ALARM(a))"])
def test_characters_that_mean_nothing_are_a_problem(text: str) -> None:
    assert isinstance(parse_alarm_rule(text), Problem)


def test_a_rule_has_five_hundred_elements_at_the_most() -> None:
    fits = " OR ".join(["ALARM(a)"] * MAX_ELEMENTS)
    too_many = fits + " OR ALARM(a)"

    assert isinstance(parse_alarm_rule(fits), Junction)
    problem = parse_alarm_rule(too_many)
    assert isinstance(problem, Problem)
    assert "500" in problem.message


def test_brackets_count_as_elements() -> None:
    fits = "(" * (MAX_ELEMENTS - 1) + "ALARM(a)" + ")" * (MAX_ELEMENTS - 1)

    assert parse_alarm_rule(fits) == StateOf("ALARM", "a", MAX_ELEMENTS - 1 + len("ALARM("))
    assert isinstance(parse_alarm_rule(f"({fits})"), Problem)


def test_the_names_of_alarms_are_no_operators() -> None:
    names = ", ".join(f"NOTIFIER-{number}" for number in range(600))

    term = parse_alarm_rule(f"AT_LEAST(1, ALARM, ({names}))")

    assert isinstance(term, AtLeast)


@pytest.mark.parametrize(
    ("rule", "levels"), [("NOT {}", 61), ("ALARM(a) AND (OK(b) OR {})", 30), ("({})", 499)]
)
def test_a_rule_may_be_nested_as_deep_as_anyone_can_read(rule: str, levels: int) -> None:
    text = "TRUE"
    for _ in range(levels):
        text = rule.format(text)

    assert not isinstance(parse_alarm_rule(text), Problem)


@pytest.mark.parametrize(
    ("rule", "levels"), [("NOT {}", 64), ("NOT {}", 500), ("ALARM(a) AND (OK(b) OR {})", 100)]
)
def test_a_rule_that_is_nested_too_deep_is_a_problem(rule: str, levels: int) -> None:
    text = "TRUE"
    for _ in range(levels):
        text = rule.format(text)

    problem = parse_alarm_rule(text)

    assert isinstance(problem, Problem)
    assert "64 levels" in problem.message


def test_what_stands_in_quotes_is_no_element() -> None:
    names = ", ".join(f'"NOT (NOT ( {number}"' for number in range(300))

    term = parse_alarm_rule(f"AT_LEAST(1, ALARM, ({names}))")

    assert isinstance(term, AtLeast)
