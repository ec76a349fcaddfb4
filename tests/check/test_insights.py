"""Metrics Insights queries that find nothing, or that CloudWatch refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text, only_error
from watchspec.diagnostics import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
JUDGED = {
    # What stands behind SELECT: severity, rule, what is marked, what is said.
    'AVG(CPUUtilization) FROM "AWS/EC2"': None,
    'AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId LIMIT 500': None,
    'AVG(CPUUtilization) FROM SCHEMA("AWS/EC2")': None,
    'AVG(CPUUtilization) FROM "AWS/EC2" WHERE tag.App = 5 GROUP BY AWS.AccountId': None,
    "SUM(Orders) FROM Shop WHERE stage = 'x' GROUP BY anything": None,
    "SUM(Orders) FROM SCHEMA(Shop, a) WHERE tag.b = 'x' AND AWS.AccountId = 5": None,
    "AVG(mem_used_percent) FROM CWAgent GROUP BY whatever": None,
    'SUM(Whatever) FROM SCHEMA("AWS/Athena", WorkGroup)': None,
    "AVG(CPUUtilization) FROM AWS/EC2": (
        ERROR,
        "metric/bad-query",
        "/",
        '"/EC2" is not possible here',
    ),
    'p99(CPUUtilization) FROM "AWS/EC2"': (
        ERROR,
        "metric/bad-query",
        "p99",
        '"p99" is none of AVG, COUNT, MAX, MIN, SUM',
    ),
    'AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId LIMIT 501': (
        ERROR,
        "metric/bad-query",
        "501",
        "a query gives 1 to 500 series, not 501",
    ),
    'AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId LIMIT 0': (
        ERROR,
        "metric/bad-query",
        "0",
        "a query gives 1 to 500 series, not 0",
    ),
    "SUM(Orders) FROM Shop WHERE a = 'x' OR a = 'y'": (
        WARNING,
        "metric/bad-query",
        "OR",
        "a Metrics Insights query joins conditions with AND only, as far as AWS documents it",
    ),
    "SUM(Orders) FROM Shop WHERE a LIKE 'x%'": (
        WARNING,
        "metric/bad-query",
        "LIKE",
        "a Metrics Insights query compares with = and != only, as far as AWS documents it",
    ),
    'AVG(CPUUtilisation) FROM "AWS/EC2" GROUP BY InstanceId': (
        ERROR,
        "metric/empty-query",
        "CPUUtilisation",
        'there is no metric "CPUUtilisation" in AWS/EC2',
    ),
    'SUM(Orders) FROM "AWS/SQS"': (
        ERROR,
        "metric/empty-query",
        "Orders",
        'there is no metric "Orders" in AWS/SQS',
    ),
    'SUM(SomethingNew) FROM "AWS/RDS"': (
        WARNING,
        "metric/empty-query",
        "SomethingNew",
        'there is no metric "SomethingNew" in AWS/RDS, as far as is known',
    ),
    'MAX(HeapUsage) FROM SCHEMA("AWS/AmazonMQ", Broker, Node)': None,
    'MAX(CpuUtilization) FROM SCHEMA("AWS/AmazonMQ", Broker, Node)': None,
    'SUM(Errors) FROM SCHEMA("AWS/Lamda", FunctionName)': (
        WARNING,
        "metric/empty-query",
        '"AWS/Lamda"',
        'there is no namespace "AWS/Lamda" of AWS, as far as is known',
    ),
    'SUM(Requests) FROM "AWS/BrandNewService"': (
        WARNING,
        "metric/empty-query",
        '"AWS/BrandNewService"',
        'there is no namespace "AWS/BrandNewService" of AWS, as far as is known',
    ),
    'AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceID': (
        ERROR,
        "metric/unknown-label",
        "InstanceID",
        'no metric of AWS/EC2 has a dimension "InstanceID"',
    ),
    "AVG(CPUUtilization) FROM \"AWS/EC2\" WHERE Stage = 'x'": (
        WARNING,
        "metric/unknown-label",
        "Stage",
        'no metric of AWS/EC2 has a dimension "Stage", as far as is known',
    ),
    'AVG(CPUUtilization) FROM SCHEMA("AWS/ECS", ServiceName)': (
        WARNING,
        "metric/unknown-label",
        '"AWS/ECS"',
        '"CPUUtilization" is not published with exactly ServiceName, as far as is known',
    ),
    'AVG(CPUUtilization) FROM SCHEMA("AWS/ECS")': (
        WARNING,
        "metric/unknown-label",
        '"AWS/ECS"',
        '"CPUUtilization" is not published with no dimensions, as far as is known',
    ),
    "SUM(Orders) FROM SCHEMA(Shop, a) WHERE b = 'x'": (
        WARNING,
        "metric/label-outside-schema",
        "b",
        'no metric of this SCHEMA has a dimension "b"',
    ),
}


def metric(query: str) -> str:
    """A spec with a metric of this query."""
    return HEAD + f"metrics:\n  m: {{query: '{query}'}}\n"


def graph(query: str) -> str:
    """A spec with a graph of this query."""
    return HEAD + f"dashboards: {{d: {{rows: [{{graph: [{{query: {query}}}]}}]}}}}\n"


def alarm(query: str) -> str:
    """A spec with an alarm on this query."""
    when = f"{{query: {query}, above: 90, for: 5m}}"
    return HEAD + f"alarms:\n  hot: {{severity: info, notify: [], when: {when}}}\n"


@pytest.mark.parametrize("query", JUDGED)
def test_a_query_is_judged_by_what_is_known(query: str, tmp_path: Path) -> None:
    written = query.replace("'", "''")

    compiled = compile_text(metric(f"SELECT {written}"), tmp_path)

    found = [one for one in compiled.diagnostics if one.rule != "template/empty"]
    judged = JUDGED[query]
    if judged is None:
        assert found == []
    else:
        (one,) = found
        severity, rule, marked, message = judged
        assert (one.severity, one.rule, one.message) == (severity, rule, message)
        # A place inside a text with doubled quotes is that of the text.
        assert marked_text(one) == (marked if written == query else f"'SELECT {written}'")


def test_the_dimensions_a_metric_has_are_proposed(tmp_path: Path) -> None:
    query = 'SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/ECS", ServiceName)'

    found = compile_text(metric(query), tmp_path).diagnostics

    assert "write SCHEMA with ClusterName and ServiceName" in [one.help for one in found]


def test_a_query_that_cannot_be_read_says_what_stands_in_quotes(tmp_path: Path) -> None:
    compiled = compile_text(metric("SELECT AVG(a) FROM b.c"), tmp_path)

    error = only_error(compiled, "metric/bad-query")
    assert marked_text(error) == "."
    assert error.help.startswith("put names with other characters")


def test_a_query_in_a_graph_is_looked_at(tmp_path: Path) -> None:
    error = only_error(compile_text(graph("SELECT u(v) FROM w"), tmp_path), "metric/bad-query")

    assert marked_text(error) == "u"


QUERY = "SELECT MAX(CPUUtilization) FROM Shop"


def test_an_alarm_needs_an_order_of_its_groups(tmp_path: Path) -> None:
    compiled = compile_text(alarm(f"{QUERY} GROUP BY a"), tmp_path)

    error = only_error(compiled, "alarm/unordered-query")
    assert marked_text(error) == f"{QUERY} GROUP BY a"
    assert error.help == "add  ORDER BY MAX() DESC"


@pytest.mark.parametrize("query", [QUERY, f"{QUERY} GROUP BY a ORDER BY MAX() DESC"])
def test_an_alarm_on_one_series_or_on_ordered_ones_is_fine(query: str, tmp_path: Path) -> None:
    assert compile_text(alarm(query), tmp_path).diagnostics == ()


def test_a_graph_of_groups_without_an_order_is_fine(tmp_path: Path) -> None:
    assert compile_text(graph(f"{QUERY} GROUP BY a"), tmp_path).diagnostics == ()


def test_a_query_where_an_expression_stands_is_sent_to_its_own_place(tmp_path: Path) -> None:
    text = metric(QUERY).replace("query:", "expression:")

    error = only_error(compile_text(text, tmp_path), "metric/bad-expression")

    assert error.help == "write a Metrics Insights query under query"


def test_a_query_that_many_use_is_judged_once(tmp_path: Path) -> None:
    text = metric("SELECT u(v) FROM w") + "  n: {metric: Shop Orders}\n"
    text += "  sum: {expression: 'm + n'}\n"
    text += "alarms:\n"
    for name in ("sum", "n", "m"):
        when = f"{{metric: {name}, above: 1, for: 5m}}"
        text += f"  on-{name}: {{severity: info, notify: [], when: {when}}}\n"

    assert marked_text(only_error(compile_text(text, tmp_path), "metric/bad-query")) == "u"
