"""Metrics Insights queries: what is read, and where what cannot be read goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchspec.languages import Problem, parse_metrics_insights
from watchspec.model.metrics_insights import InsightsSelect, Label

LEAST = "SELECT COUNT(Orders) FROM Shop"


def read(text: str) -> InsightsSelect:
    query = parse_metrics_insights(text)
    assert isinstance(query, InsightsSelect), query
    return query


def names(labels: tuple[Label, ...]) -> list[tuple[str, str]]:
    return [(label.kind, label.name.text) for label in labels]


def test_a_query_with_every_clause() -> None:
    query = read(
        'SELECT SUM(RequestCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, AvailabilityZone)'
        " WHERE LoadBalancer = 'app/shop' AND AvailabilityZone != 'a'"
        " GROUP BY AvailabilityZone ORDER BY MAX() DESC LIMIT 5"
    )

    assert (query.function.text, query.metric.text) == ("SUM", "RequestCount")
    assert query.namespace.text == "AWS/ApplicationELB"
    assert query.schema is not None
    assert names(query.schema) == [("dimension", "LoadBalancer"), ("dimension", "AvailabilityZone")]
    assert [(one.operator.text, one.values) for one in query.conditions] == [
        ("=", ("app/shop",)),
        ("!=", ("a",)),
    ]
    assert [join.text for join in query.joins] == ["AND"]
    assert names(query.group_by) == [("dimension", "AvailabilityZone")]
    assert query.order_by is not None
    assert query.limit is not None
    assert (query.order_by.text, query.limit.text) == ("MAX", "5")


def test_the_least_a_query_says() -> None:
    query = read(LEAST)

    assert query.schema is None
    assert query.labels == ()
    assert query.joins == ()
    assert query.order_by is None
    assert query.limit is None


READ = {
    # The query: namespace, metric, labels in order.
    "select avg(Orders) from schema ( Shop , stage )group by stage order by avg()": (
        "Shop",
        "Orders",
        [("dimension", "stage")],
    ),
    "SELECT\n  AVG(Orders)\nFROM\tShop\n": ("Shop", "Orders", []),
    'SELECT MAX("My.Metric") FROM "my shop"': ("my shop", "My.Metric", []),
    'SELECT AVG("Bytes\\"Input\\"") FROM Shop': ("Shop", 'Bytes"Input"', []),
    'SELECT AVG("LIMIT") FROM "SCHEMA" GROUP BY "GROUP"': (
        "SCHEMA",
        "LIMIT",
        [("dimension", "GROUP")],
    ),
    "SELECT AVG(LIMIT) FROM SCHEMA": ("SCHEMA", "LIMIT", []),
    "SELECT SUM(5XXError) FROM \"AWS/ApiGateway\" WHERE ApiName = 'it\\'s';": (
        "AWS/ApiGateway",
        "5XXError",
        [("dimension", "ApiName")],
    ),
    "SELECT AVG(a) FROM b WHERE tag.env = 'x' AND AWS.AccountId = 444455556666": (
        "b",
        "a",
        [("tag", "env"), ("account", "AWS.AccountId")],
    ),
    "SELECT AVG(a) FROM b WHERE AWS.AccountId = CURRENT_ACCOUNT_ID()": (
        "b",
        "a",
        [("account", "AWS.AccountId")],
    ),
    'SELECT AVG(a) FROM b GROUP BY tag."aws:cloudformation:stack-name", AWS.AccountId': (
        "b",
        "a",
        [("tag", "aws:cloudformation:stack-name"), ("account", "AWS.AccountId")],
    ),
    "SELECT AVG(a) FROM b WHERE c = 'x' OR (d IN ('y', 'z') AND e NOT LIKE 'w%')": (
        "b",
        "a",
        [("dimension", "c"), ("dimension", "d"), ("dimension", "e")],
    ),
}


@pytest.mark.parametrize("text", READ)
def test_a_query_is_read(text: str) -> None:
    query = read(text)

    assert (query.namespace.text, query.metric.text, names(query.labels)) == READ[text]


def test_every_part_knows_where_it_stands() -> None:
    text = "SELECT AVG(\"a b\") FROM SCHEMA(Shop, x) WHERE x = 'b' OR tag.\"k\" <> '1' LIMIT 10"

    query = read(text)

    words = [query.function, query.metric, query.namespace, *query.joins]
    words += [one.operator for one in query.conditions]
    words += [label.name for label in query.labels]
    assert query.limit is not None
    assert [text[one.offset : one.offset + one.width] for one in [*words, query.limit]] == [
        "AVG",
        '"a b"',
        "Shop",
        "OR",
        "=",
        "<>",
        "x",
        '"k"',
        "10",
    ]


BROKEN = {
    # The query: what stands where it goes wrong.
    "": "",
    "AVG(a) FROM b": "AVG(a) FROM b",
    "SELECT SUM(a), SUM(b) FROM c": ", SUM(b) FROM c",
    "SELECT SUM(a)/SUM(b) FROM c": "/SUM(b) FROM c",
    "SELECT p99(a) FROM b": "p99(a) FROM b",
    "SELECT SUM(a) FROM b GROUP BY c ORDER BY p99()": "p99()",
    "SELECT COUNT(*) FROM b": "*) FROM b",
    "SELECT SUM(a) FROM AWS/EC2": "/EC2",
    'SELECT SUM(a) FROM b WHERE c = "d"': '"d"',
    "SELECT SUM(a) FROM b WHERE c = d": "d",
    "SELECT SUM(a) FROM b GROUP c": "GROUP c",
    "SELECT SUM(a) FROM b ORDER BY MAX DESC": "DESC",
    "SELECT SUM(a) FROM b LIMIT ten": "ten",
    "SELECT SUM(a) FROM b LIMIT 5 GROUP BY c": "GROUP BY c",
    "SELECT SUM(a) FROM SCHEMA()": ")",
    "SELECT SUM(a) FROM b WHERE": "",
    "SELECT SUM(a FROM b": "FROM b",
    "SELECT SUM(a) FROM 'b": "'b",
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_cannot_be_read_is_a_problem_where_it_begins(text: str) -> None:
    problem = parse_metrics_insights(text)

    assert isinstance(problem, Problem)
    assert text[problem.offset :] == BROKEN[text]


def test_brackets_within_brackets_end_somewhere() -> None:
    deep = f"{LEAST} WHERE {'(' * 10_000}c = 'd'{')' * 10_000}"

    problem = parse_metrics_insights(deep)

    assert isinstance(problem, Problem)
    assert "nested" in problem.message


def test_twenty_thousand_conditions_are_read() -> None:
    conditions = " AND ".join(["c = 'd'"] * 20_000)

    assert len(read(f"{LEAST} WHERE {conditions}").conditions) == 20_000


WORDS = (
    *(
        "SELECT",
        "AVG",
        "(",
        ")",
        "FROM",
        "SCHEMA",
        ",",
        "WHERE",
        "a",
        '"b"',
        "'c'",
        "=",
        "AND",
        "OR",
    ),
    *("GROUP BY", "ORDER BY", "LIMIT", "5", "IN", "tag.", "AWS.AccountId", ";", "\\", "\n", "é"),
)


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_text_is_a_query_or_a_problem_within_it(text: str) -> None:
    query = parse_metrics_insights(text)

    if isinstance(query, Problem):
        assert 0 <= query.offset <= len(text)
    else:
        assert query.metric.text in text.replace("\\", "")
