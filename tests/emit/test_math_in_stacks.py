"""Expressions in alarms and graphs: every id means one thing, and the thing that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from emit.deployment import dashboards, deploy, of_type
from support import HEAD, compile_text, errors

METRICS = (
    HEAD
    + """
metrics:
  a: {metric: Shop/Web A}
  b: {metric: Shop/Web B}
  half: {title: half, expression: n / 2, given: {n: a}}
"""
)

# Expressions, and what they say when every id is replaced by what it stands for.
EXPRESSIONS = [
    pytest.param("a + b", "{}", "(A) + (B)", id="metrics of the spec"),
    pytest.param("x + y", "{x: a, y: b}", "(A) + (B)", id="given names"),
    pytest.param("half + b", "{}", "((A) / 2) + (B)", id="an expression of the spec"),
    pytest.param("x + y", "{x: half, y: half}", "((A) / 2) + ((A) / 2)", id="one thing twice"),
    pytest.param("result + e1", "{result: a, e1: b}", "(A) + (B)", id="names the compiler uses"),
    pytest.param(
        "result + result_2", "{result: a, result_2: b}", "(A) + (B)", id="both names it would use"
    ),
    pytest.param(
        "half + half_n",
        "{half: half, half_n: b}",
        "((A) / 2) + (B)",
        id="a name like the one an inner input gets",
    ),
    pytest.param(
        "half_n + half", "{half_n: half, half: b}", "((A) / 2) + (B)", id="and the other way round"
    ),
    pytest.param(
        "half + half_n + half_n_2",
        "{half: half, half_n: b, half_n_2: half}",
        "((A) / 2) + (B) + ((A) / 2)",
        id="names like the next ones too",
    ),
    pytest.param("m1 + q1", "{m1: a, q1: b}", "(A) + (B)", id="names of single queries"),
    pytest.param(
        "IF(a > 1, a, FILL(b, 0))", "{}", "IF((A) > 1, (A), FILL((B), 0))", id="functions"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "given", "meaning"), EXPRESSIONS)
def test_alarm_computes_what_is_written(
    expression: str, given: str, meaning: str, tmp_path: Path
) -> None:
    spec = f"""
alarms:
  x: {{severity: info, when: {{expression: "{expression}", given: {given}, above: 1}}}}
"""

    compiled = compile_text(METRICS + spec, tmp_path)

    assert errors(compiled) == []
    ((_, alarm),) = of_type(deploy(compiled.templates[0]), "AWS::CloudWatch::Alarm")
    queries = {query["Id"]: query for query in alarm["Metrics"]}
    assert len(queries) == len(alarm["Metrics"])
    assert [query["ReturnData"] for query in alarm["Metrics"][:-1]] == [False] * (len(queries) - 1)
    assert spell_out(alarm["Metrics"][-1]["Id"], {
        name: query.get("Expression") or (query["MetricStat"]["Metric"]["MetricName"],)
        for name, query in queries.items()
    }) == meaning  # fmt: skip


@pytest.mark.parametrize(("expression", "given", "meaning"), EXPRESSIONS)
def test_graph_computes_what_is_written(
    expression: str, given: str, meaning: str, tmp_path: Path
) -> None:
    line = f'{{expression: "{expression}", given: {given}}}'
    others = "{expression: a / b, given: {a: b, b: a}}, {expression: x, given: {x: b}}, a"
    spec = (
        f"dashboards: {{web: {{header: false, rows: [{{graph: [{others}, {line}, {line}]}}]}}}}\n"
    )

    compiled = compile_text(METRICS + spec, tmp_path)

    assert errors(compiled) == []
    (body,) = dashboards(deploy(compiled.templates[0])).values()
    entries = [entry for entry in body["widgets"][0]["properties"]["metrics"] if "id" in entry[-1]]
    known = {entry[-1]["id"]: entry[-1].get("expression") or (entry[1],) for entry in entries}
    shown = [entry[-1]["id"] for entry in entries if entry[-1].get("visible") is not False]
    assert len(known) == len(entries)
    assert [spell_out(name, known) for name in shown] == ["(B) / (A)", "(B)", meaning, meaning]


@pytest.mark.parametrize("side", ["outside_band", "above_band", "below_band"])
@pytest.mark.parametrize("name", ["x", "band", "result"])
def test_band_is_of_the_result_of_an_expression(side: str, name: str, tmp_path: Path) -> None:
    spec = f"""
alarms:
  x: {{severity: info, when: {{expression: "{name} / 2", given: {{{name}: a}}, {side}: 2}}}}
"""

    compiled = compile_text(METRICS + spec, tmp_path)

    ((_, alarm),) = of_type(deploy(compiled.templates[0]), "AWS::CloudWatch::Alarm")
    ids = [query["Id"] for query in alarm["Metrics"]]
    assert len(set(ids)) == len(ids) == 3
    assert [query["ReturnData"] for query in alarm["Metrics"]] == [False, True, True]
    assert alarm["ThresholdMetricId"] == ids[2]
    assert alarm["Metrics"][2]["Expression"] == f"ANOMALY_DETECTION_BAND({ids[1]}, 2)"


def test_metrics_of_one_expression_have_one_period(tmp_path: Path) -> None:
    spec = """
alarms:
  x:
    severity: info
    when:
      expression: x + half
      given: {x: {metric: Shop/Web C, period: 5m}}
      above: 1
      for: 10m
"""

    compiled = compile_text(METRICS + spec, tmp_path)

    ((_, alarm),) = of_type(deploy(compiled.templates[0]), "AWS::CloudWatch::Alarm")
    periods = [query["MetricStat"]["Period"] for query in alarm["Metrics"] if "MetricStat" in query]
    assert periods == [300, 300]
    assert alarm["EvaluationPeriods"] == 2


def test_queries_of_an_alarm_begin_with_their_id_and_end_with_whether_they_return_data(
    tmp_path: Path,
) -> None:
    spec = """
  far: {title: far, metric: Shop/Web D, account: "210987654321"}
  busiest: {title: busiest, query: SELECT MAX(A) FROM X}
alarms:
  x: {severity: info, when: {expression: x + y + z, given: {x: a, y: busiest, z: half}, above: 1}}
  far: {severity: info, when: {metric: far, above: 1}}
  busiest: {severity: info, when: {metric: busiest, above: 1}}
  unusual: {severity: info, when: {metric: a, outside_band: 2}}
"""

    compiled = compile_text(METRICS + spec.removeprefix("\n"), tmp_path)

    order = ["Id", "MetricStat", "Expression", "Period", "AccountId", "Label", "ReturnData"]
    alarms = of_type(deploy(compiled.templates[0]), "AWS::CloudWatch::Alarm")
    queries = [query for _, alarm in alarms for query in alarm["Metrics"]]
    assert len(queries) == 9
    for query in queries:
        assert list(query) == [key for key in order if key in query]


SQL = 'SELECT MAX(CPUUtilization) FROM "AWS/ECS"'
QUERY = f"{METRICS}  busiest: {{title: busiest, query: '{SQL}', period: 5m}}\n"


def test_alarm_computes_with_a_metrics_insights_query(tmp_path: Path) -> None:
    spec = """
alarms:
  x: {severity: info, when: {expression: x / a, given: {x: busiest}, above: 1}}
"""

    compiled = compile_text(QUERY + spec, tmp_path)

    ((_, alarm),) = of_type(deploy(compiled.templates[0]), "AWS::CloudWatch::Alarm")
    assert {query["Id"]: query for query in alarm["Metrics"]}["x"] == {
        "Id": "x",
        "Expression": SQL,
        "Period": 300,
        "ReturnData": False,
    }


def test_graph_computes_with_a_metrics_insights_query(tmp_path: Path) -> None:
    spec = """
dashboards:
  web: {header: false, rows: [{graph: [{expression: x / 2, given: {x: busiest}}]}]}
"""

    compiled = compile_text(QUERY + spec, tmp_path)

    (body,) = dashboards(deploy(compiled.templates[0])).values()
    assert body["widgets"][0]["properties"]["metrics"] == [
        [
            {
                "expression": SQL,
                "id": "x",
                "visible": False,
                "period": 300,
            }
        ],
        [{"expression": "x / 2", "id": "e1", "label": "x / 2"}],
    ]


def test_expression_beside_lines_of_another_region_and_period_says_its_own(tmp_path: Path) -> None:
    spec = """
  cost: {title: costs, metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
dashboards:
  web: {header: false, rows: [{graph: [a, {expression: cost * 2, label: double}]}]}
"""

    compiled = compile_text(METRICS + spec.removeprefix("\n"), tmp_path)

    (body,) = dashboards(deploy(compiled.templates[0])).values()
    *_, hidden, shown = body["widgets"][0]["properties"]["metrics"]
    assert (hidden[-1]["region"], hidden[-1]["period"]) == ("us-east-1", 21_600)
    assert shown == [
        {
            "expression": "cost * 2",
            "id": "e1",
            "label": "double",
            "region": "us-east-1",
            "period": 21_600,
        }
    ]


ELSEWHERE = '{metric: a, region: us-west-2, account: "210987654321"}'


def test_line_of_a_graph_can_show_a_named_metric_of_another_account(tmp_path: Path) -> None:
    spec = f"dashboards: {{web: {{header: false, rows: [{{graph: [{ELSEWHERE}]}}]}}}}\n"

    compiled = compile_text(METRICS + spec, tmp_path)

    (body,) = dashboards(deploy(compiled.templates[0])).values()
    properties = body["widgets"][0]["properties"]
    render = properties["metrics"][0][-1]
    assert render["accountId"] == "210987654321"
    assert render.get("region", properties["region"]) == "us-west-2"


def test_expression_can_use_a_named_metric_of_another_account(tmp_path: Path) -> None:
    spec = f"""
alarms:
  x: {{severity: info, when: {{expression: x * 2, given: {{x: {ELSEWHERE}}}, above: 1}}}}
"""

    compiled = compile_text(METRICS + spec, tmp_path)

    (stack,) = compiled.templates
    ((_, alarm),) = of_type(deploy(stack), "AWS::CloudWatch::Alarm")
    assert stack.region == "us-west-2"
    assert alarm["Metrics"][0]["AccountId"] == "210987654321"


def spell_out(name: str, known: dict[str, str | tuple[str]]) -> str:
    """What an id stands for: the expression with every id in it replaced, down to metric names."""
    source = known[name]
    if isinstance(source, tuple):
        return source[0]
    words: list[str] = []
    word = ""
    for character in f"{source} ":
        if character.isalnum() or character == "_":
            word += character
            continue
        words.append(f"({spell_out(word, known)})" if word in known else word)
        words.append(character)
        word = ""
    return "".join(words).strip()
