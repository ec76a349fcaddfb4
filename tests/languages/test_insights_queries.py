"""Logs Insights queries: what AWS documents is read, what is no query is refused where it goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchspec.languages import Problem, parse_insights_query
from watchspec.model.insights_queries import (
    Call,
    Choose,
    Command,
    Field,
    Filter,
    Limit,
    Listing,
    Named,
    Operation,
    Other,
    Parse,
    Period,
    Regex,
    Select,
    Sort,
    Stats,
    Subquery,
    Term,
    Unnest,
    Value,
    terms_of,
    walk_term,
)


def show(term: Term) -> str:  # noqa: C901, PLR0911 - a case for each kind
    """The term with every bracket written out."""
    match term:
        case Field():
            return term.name
        case Value():
            return f'"{term.text}"' if term.kind == "text" else term.text
        case Regex():
            return f"/{term.pattern}/{term.flags}"
        case Period():
            return f"{term.count}{term.unit}"
        case Call():
            return f"{term.function}({', '.join(map(show, term.arguments))})"
        case Listing():
            return f"[{', '.join(map(show, term.terms))}]"
        case Subquery():
            return "(SOURCE)"
        case Operation() if len(term.terms) == 1:
            return f"({term.operators[0]} {show(term.terms[0])})"
        case Operation():
            pieces = [show(term.terms[0])]
            for operator, one in zip(term.operators, term.terms[1:], strict=True):
                pieces.extend((operator, show(one)))
            return f"({' '.join(pieces)})"


def show_named(named: tuple[Named, ...]) -> str:
    return ", ".join(
        show(one.term) + (f" as {one.alias.name}" if one.alias else "") for one in named
    )


def show_command(command: Command) -> str:
    match command:
        case Select():
            rest = show_named(command.items)
        case Filter():
            rest = show(command.condition)
        case Stats():
            rest = f"{show_named(command.columns)} by {show_named(command.groups)}"
        case Sort():
            rest = ", ".join(map(show, command.keys))
        case Limit():
            rest = str(command.count)
        case Parse():
            names = ", ".join(one.name for one in command.names)
            source = show(command.source) if command.source else "-"
            rest = f"{source} {show(command.pattern)} as {names}"
        case Unnest():
            rest = f"{show(command.term)} into {command.into.name}"
        case Choose():
            rest = ", ".join(map(show, command.terms))
        case Other():
            rest = "…"
    return f"{command.word} {rest}"


def show_query(text: str) -> str:
    query = parse_insights_query(text)
    if isinstance(query, Problem):
        return f"{query.offset}: {query.message}"
    return " | ".join(map(show_command, query))


def condition(text: str) -> str:
    return show_query(f"filter {text}").removeprefix("filter ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fields a, b as c", "fields a, b as c"),
        ("| FIELDS a |", "fields a"),
        ("display a.b, a = 1 as is_one", "display a.b, (a = 1) as is_one"),
        ("where a = 1", "where (a = 1)"),
        ("filterIndex id in ['x']", 'filterindex (id in ["x"])'),
        ("STATS count(*) BY bin (5m) AS t, x", "stats count(*) by bin(5m) as t, x"),
        ("stats count() group by t, `group` | sort by t", "stats count() by t, group | sort t"),
        ("stats count() by group, t", "stats count() by group, t"),
        ("stats count() by bin(5m) offset 1h", "stats count() by bin(5m)"),
        ("stats sum(a)/1024/1024 as mb", "stats (sum(a) / 1024 / 1024) as mb by "),
        ("stats count(distinct a)", "stats count(a) by "),
        ("sort by a desc, b", "sort a, b"),
        ("order count(*) asc", "order count(*)"),
        ("limit any 10", "limit 10"),
        ("head 5", "head 5"),
        ("limit {{n}}", "limit None"),
        ("dedup a, b", "dedup a, b"),
        ("pattern @message", "pattern @message"),
        ("parse '* [*]' as a, b", 'parse - "* [*]" as a, b'),
        ('parse @message "a=*" a', 'parse @message "a=*" as a'),
        (r"parse x /a\/(?<b>.)/", r"parse x /a\/(?<b>.)/ as "),
        ("parse concat(a, b) '*' as `x-y`", 'parse concat(a, b) "*" as x-y'),
        ("parse @message logfmt", "parse …"),
        ("parse @message csv as a, b", "parse …"),
        ("unnest jsonParse(a).b into c", "unnest (.b jsonParse(a)) into c"),
        ("SOURCE 'a' | SOURCE \"b\" | limit 1", "source … | source … | limit 1"),
        ("SOURCE logGroups(namePrefix: ['a'], class: [])", "source …"),
        ("diff previousWeek", "diff …"),
        ("join type=left left=a where a.x=b.x (SOURCE 'g' | limit 1)", "join …"),
        ("frobnicate a = /x/ (1 | 2)", "frobnicate …"),
        ("fields a # b | c\n// d | e\n| limit 1 ## f", "fields a | limit 1"),
        ("fields a, b\n\n| limit 1\n", "fields a, b | limit 1"),
    ],
)
def test_a_command_is_read_in_any_case_and_spelling(text: str, shown: str) -> None:
    assert show_query(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a = 1 or b = 2 and not c = 3", "((a = 1) or ((b = 2) and (not (c = 3))))"),
        ("a + b * c ^ 2 - -1 > 5", "((a + (b * (c ^ 2)) - (- 1)) > 5)"),
        ("(a or b) AND !c", "((a or b) and (! c))"),
        ("a LIKE /x|y/ and b not like 'z'", '((a like /x|y/) and (b not like "z"))'),
        ("a =~ /x/i && b == 1 || c <> 2", "(((a =~ /x/i) && (b == 1)) || (c <> 2))"),
        ("a in ['x', \"y\", 3]", '(a in ["x", "y", 3])'),
        ("a not in (1, 2)", "(a not in [1, 2])"),
        ("a in (SOURCE 'g' | fields b)", "(a in (SOURCE))"),
        ("a in (source, b)", "(a in [source, b])"),
        ("a/2 > b/3", "((a / 2) > (b / 3))"),
        ("count(a)/2/3 = /x/", "((count(a) / 2 / 3) = /x/)"),
        ("`a-b`.c = a-b", "(a-b.c = (a - b))"),
        ("@`aws.tag.x:y` = @@x", "(@aws.tag.x:y = @@x)"),
        ("a.0.b[1].c = jsonParse(d)[0]", "(a.0.b[1].c = ([0] jsonParse(d)))"),
        ("android = ascii and notx = order", "((android = ascii) and (notx = order))"),
        ("a = true or b = null or trueish", "((a = true) or (b = null) or trueish)"),
        (r"a = 'it\'s' or b = {{x}}", r'((a = "it\'s") or (b = x))'),
        ("((((a))))", "a"),
    ],
)
def test_a_condition_is_read_with_the_precedence_of_its_operators(text: str, shown: str) -> None:
    assert condition(text) == shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "0: the query ends too early"),
        ("fields", "6: the query ends too early"),
        ("fields a |\n| limit 1", '11: "|" is not possible here'),
        ("fields a b", '9: "b" is not possible here'),
        ("fields a\nsort b", '9: "sort" is not possible here'),
        ("filter a like", "13: the query ends too early"),
        ("filter a = 'x", '11: "\'x" is not possible here'),
        ("filter (a = 1", "13: the query ends too early"),
        ("filter a = “x”", '11: "“" is not possible here'),
        ("stats count(*) as x-y", '19: "-" is not possible here'),
        ("limit ten", '6: "ten" is not possible here'),
        ("limit 1.5", '6: "1.5" is not possible here'),
        ("filter " + "(" * 80 + "a" + ")" * 80, "0: the query is nested more than 64 levels deep"),
        ("filter " + "not " * 80 + "a", "0: the query is nested more than 64 levels deep"),
    ],
)
def test_what_is_no_query_is_refused_where_it_goes_wrong(text: str, problem: str) -> None:
    assert show_query(text) == problem


def test_every_name_of_a_query_knows_where_it_stands() -> None:
    text = "filter `x-y` = aa.b[0] and f(cc)\n| stats max(dd) as ee by bin(5m), gg"

    query = parse_insights_query(text)

    assert not isinstance(query, Problem)
    terms = [one for command in query for term in terms_of(command) for one in walk_term(term)]
    fields = [one for one in terms if isinstance(one, Field)]
    assert [text[one.offset : one.offset + one.width] for one in fields] == [
        "`x-y`", "aa.b[0]", "cc", "dd", "gg"
    ]  # fmt: skip
    calls = [one for one in terms if isinstance(one, Call)]
    assert [one.text for one in calls] == ["f(cc)", "max(dd)", "bin(5m)"]
    assert all(text.startswith(one.text, one.offset) for one in calls)


PIECES = [*"ab1.+-*/^()[],'\"<>=!|#`@{} \n", " and ", "stats ", " by ", "fields ", "filter ",
          " as ", " like /x/", "count(", "parse ", " in [", "SOURCE 'a' ", "5m", "é", "sort "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_a_query_or_a_problem_in_it(text: str) -> None:
    query = parse_insights_query(text)

    if isinstance(query, Problem):
        assert 0 <= query.offset <= len(text)
    else:
        assert query
        assert all(list(walk_term(term)) for one in query for term in terms_of(one))


@pytest.mark.parametrize("joint", [" or a = ", " + ", ", "])
def test_long_queries_are_read_without_recursion(joint: str) -> None:
    query = parse_insights_query("fields " + joint.join(["a"] * 3_000))

    assert not isinstance(query, Problem)
