"""Whatever is emitted, AWS takes it: what is too much is an error before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from property.compiling import compile_data, template_texts
from property.quotas import check_quotas
from strategies import Data, examples, specs
from support import errors

SENT: Data = {"metric": "AWS/SQS NumberOfMessagesSent", "dimensions": {"QueueName": "orders"}}
ALARM: Data = {"severity": "info", "when": SENT | {"above": 1}}
LOG: Data = {"group": "/a", "retention": "1 day"}
ROUTE: Data = {"email": ["a@example.com"]}
EVENT: Data = {"severity": "info", "schedule": "rate(1 day)"}
QUERY: Data = {"question": "What?", "query": "fields @message"}
FRAME: Data = {
    "version": "v1",
    "service": "shop",
    "environments": {"prod": {"region": "eu-west-1"}},
    "notify": {"info": ROUTE},
}


@given(spec=specs())
@examples(20)
def test_templates_stay_within_the_quotas(spec: Data, tmp_path: Path) -> None:
    for text in template_texts(spec, tmp_path).values():
        check_quotas(text)


def many_alarms(names: list[str]) -> Data:
    return {"alarms": {"${n}": {**ALARM, "for_each": {"n": names}}}}


def many_dashboards(names: list[str]) -> Data:
    rows = [{"text": "x"}]
    loop = {"for_each": {"n": names}}
    return {"dashboards": {"${n}": {"header": False, "rows": rows, **loop}}}


def many_parameters(names: list[str]) -> Data:
    tags = {"all": " ".join(f"${{{name}}}" for name in names)}
    return {"parameters": {name: {} for name in names}, "logs": {"a": LOG}, "tags": tags}


def many_filters(names: list[str]) -> Data:
    metric = {"pattern": "x", "for_each": {"n": names}}
    return {"logs": {"a": {**LOG, "metrics": {"m${n}": metric}}}}


def many_children(names: list[str]) -> Data:
    alarms = many_alarms(names)["alarms"]
    return {"alarms": {**alarms, "all": {"severity": "info", "when": {"any": names}}}}


def many_muted_alarms(names: list[str]) -> Data:
    mute = {"alarms": names, "schedule": "cron(0 2 * * SUN)", "duration": "1h", "reason": "x"}
    return {**many_alarms(names), "mutes": {"night": mute}}


def many_shown_alarms(names: list[str]) -> Data:
    return {**many_alarms(names), "dashboards": {"a": {"rows": [{"alarms": "all"}]}}}


def many_widgets(names: list[str]) -> Data:
    return {"dashboards": {"a": {"rows": [{"text": "${n}", "for_each": {"n": names}}]}}}


def many_lines(names: list[str]) -> Data:
    line = {**SENT, "dimensions": {"QueueName": "${n}"}, "for_each": {"n": names}}
    return {"dashboards": {"a": {"rows": [{"graph": [line]}]}}}


def many_metrics_in_math(names: list[str]) -> Data:
    when = {"expression": " + ".join(names), "above": 1}
    alarms = {"a": {"severity": "info", "when": when}}
    return {"metrics": dict.fromkeys(names, SENT), "alarms": alarms}


def many_steps(names: list[str]) -> Data:
    return {"alarms": {"a": {**ALARM, "runbook": {"steps": names}}}}


def many_routes(names: list[str]) -> Data:
    alarms = {"a": {**ALARM, "notify": names}}
    return {"alarms": alarms, "notify": dict.fromkeys(names, ROUTE)}


def many_words(names: list[str]) -> Data:
    return {"alarms": {"a": ALARM}, "description": " ".join(names)[:1000]}


def many_sources(names: list[str]) -> Data:
    return {"events": {"a": {"severity": "info", "pattern": {"source": names}}}}


def many_words_in_a_message(names: list[str]) -> Data:
    return {"events": {"a": {**EVENT, "message": {"text": " ".join(names * 3)}}}}


def many_letters_in_a_name(names: list[str]) -> Data:
    return {"events": {"e" * min(len(names), 255): EVENT}}


def many_words_in_a_query(names: list[str]) -> Data:
    return {"queries": {"a": {**QUERY, "query": " ".join(names * 4)}}}


def many_logs_of_a_query(names: list[str]) -> Data:
    log = {"group": "/a/${n}", "retention": "1 day", "for_each": {"n": names}}
    return {"logs": {"${n}": log}, "queries": {"a": {**QUERY, "logs": names}}}


def many_periods(names: list[str]) -> Data:
    when = {**ALARM["when"], "period": "5m", "for": f"{5 * len(names)}m"}
    return {"alarms": {"a": {"severity": "info", "when": when}}}


MANY = (
    many_alarms, many_dashboards, many_parameters, many_filters, many_children, many_muted_alarms,
    many_shown_alarms, many_widgets, many_lines, many_metrics_in_math, many_steps, many_routes, many_words,
    many_sources, many_words_in_a_message, many_letters_in_a_name, many_words_in_a_query,
    many_logs_of_a_query, many_periods,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("make", MANY, ids=lambda make: make.__name__)
def test_a_spec_of_any_size_is_refused_or_fits(
    make: Callable[[list[str]], Data], tmp_path: Path
) -> None:
    fits = {}
    for count in (1, 4, 11, 50, 100, 101, 250, 499, 500, 501, 700):
        compiled = compile_data(FRAME | make([f"n{one}" for one in range(count)]), tmp_path)
        fits[count] = not errors(compiled)
        assert compiled.templates or not fits[count]
        for one in compiled.templates if fits[count] else ():
            check_quotas(one.text)

    assert fits[1]
    assert not fits[700]


@pytest.mark.parametrize(
    ("metrics", "condition"),
    [
        ({"band": SENT, "sum": {"expression": "band * 2"}}, {"outside_band": 2}),
        (
            {
                "result": SENT,
                "result_of_all": SENT,
                "sum": {"expression": "result + result_of_all"},
            },
            {"above": 1},
        ),
        (
            {
                "a": SENT,
                "b": {"expression": "a * 2"},
                "b_a": SENT,
                "sum": {"expression": "b + b_a"},
            },
            {"above": 1},
        ),
    ],
    ids=["band", "result", "nested"],
)
def test_no_name_of_a_metric_is_taken_twice_in_an_alarm(
    metrics: Data, condition: Data, tmp_path: Path
) -> None:
    alarm = {"severity": "info", "when": {"metric": "sum", **condition}}

    compiled = compile_data({**FRAME, "metrics": metrics, "alarms": {"x": alarm}}, tmp_path)

    assert not errors(compiled)
    check_quotas(compiled.templates[0].text)
