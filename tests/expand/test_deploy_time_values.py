from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

KINDS = {
    "plain": "parameters: {p: {description: Something}}\n",
    "ssm": 'parameters: {p: {ssm: "/shop/${environment}/p"}}\n',
    "export": 'parameters: {p: {export: "${environment}-network-p"}}\n',
}
ALARM = "alarms:\n  hot:\n    severity: info\n    when: {metric: Shop A, above: 1}\n"
WIDGET = "metrics: {a: {metric: Shop A}}\ndashboards:\n  main:\n    rows:\n    - "
CHART = "{chart: {view: line, data: {queries: [{id: a, language: SQL, query: '${p}'}]}}}"
EXPLORER = (
    "{explorer: {labels: [{key: '${p}'}], metrics: [{metricName: a, resourceType: b, stat: Sum}]}}"
)
PLACES = {
    "tag": "tags: {t: '${p}'}\nlogs: {l: {group: /a, retention: never}}",
    "tag of a thing": ALARM + "    tags: {t: 'in ${p}'}",
    "dimension": ALARM.replace("Shop A,", "Shop A, dimensions: {D: '${p}'},"),
    "part of a dimension": ALARM.replace("Shop A,", "Shop A, dimensions: {D: 'x-${p}-y'},"),
    "title of a metric": "metrics: {a: {metric: Shop A, title: 'a of ${p}'}}\nalarms: {x: {severity: info, when: {metric: a, above: 1}}}",
    "description": ALARM + "    description: Look at ${p}.",
    "impact": ALARM + "    runbook: {impact: 'No ${p}.'}",
    "step": ALARM + "    runbook: {steps: ['Restart ${p}.']}",
    "link": ALARM + "    runbook: {links: {Page: 'https://example.com/${p}'}}",
    "action": ALARM + "    actions: {alarm: ['${p}']}",
    "property": ALARM
    + "    properties: {ActionConfiguration: {AlarmTagsPropagation: {X: '${p}'}}}",
    "email": "notify: {info: {email: ['${p}']}}",
    "sms": "notify: {info: {sms: ['${p}']}}",
    "https": "notify: {info: {https: ['https://example.com/${p}']}}",
    "lambda": "notify: {info: {lambda: ['${p}']}}",
    "topic": "notify: {info: {topic: '${p}'}}\n" + ALARM,
    "topic by Region": "notify: {info: {topic: {eu-west-1: '${p}'}}}\n" + ALARM,
    "action of a route": "notify: {info: {actions: ['${p}']}}\n" + ALARM,
    "key of a topic": "notify: {info: {email: [a@example.com], kms_key: '${p}'}}",
    "log group": "logs: {l: {group: '/aws/rds/${p}/postgresql', retention: never}}",
    "key of a log group": "logs: {l: {group: /a, retention: never, kms_key: '${p}'}}",
    "host": "health_checks: {h: {host: '${p}', alarm: {severity: info}}}",
    "event pattern": "events: {e: {severity: info, pattern: {source: [a], account: ['${p}']}}}",
    "cluster": "events: {e: {severity: info, event: ecs-deployment-failed, where: {cluster: '${p}'}}}",
    "bus": "events: {e: {severity: info, pattern: {source: [a]}, bus: '${p}'}}",
    "dead letter queue": "notify: {info: {email: [a@example.com]}}\nevents:"
    " {e: {severity: info, pattern: {source: [a]}, dead_letter_queue: '${p}'}}",
    "message": "notify: {info: {email: [a@example.com]}}\nevents:"
    " {e: {severity: info, pattern: {source: [a]}, message: {text: 'In ${p}.'}}}",
    "text": WIDGET + "text: 'Runs on ${p}.'",
    "title": WIDGET + "{graph: a, title: 'a of ${p}'}",
    "label": WIDGET + "{graph: [{metric: a, label: 'a of ${p}'}]}",
    "dimension of a line": WIDGET + "{graph: [{metric: a, dimensions: {D: '${p}'}}]}",
    "annotation": WIDGET + "{graph: a, annotations: [{at: 1, label: 'limit of ${p}'}]}",
    "log widget": "logs: {l: {group: '/${p}', existing: true}}\n"
    + WIDGET.replace("metrics: {a: {metric: Shop A}}\n", "")
    + "{insights: fields @message, logs: [l]}",
    "function of a widget": WIDGET + "{custom: '${p}'}",
    "parameter of a widget": WIDGET + "{custom: x, params: {a: ['${p}']}}",
    "explorer": WIDGET + EXPLORER,
    "chart": WIDGET + CHART,
    "raw widget": WIDGET + "{raw: {type: text, properties: {markdown: '${p}'}}}",
    "description of a dashboard": WIDGET.replace(
        "    rows:", "    description: On ${p}.\n    rows:"
    )
    + "text: x",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_parameter_may_stand_here_whatever_its_kind(place: str, tmp_path: Path) -> None:
    bodies = {}

    for kind, declared in KINDS.items():
        compiled = compile_text(HEAD + declared + PLACES[place] + "\n", tmp_path)
        bodies[kind] = template(compiled, region=compiled.templates[0].region)

    texts = {kind: json.dumps(body["Resources"]) for kind, body in bodies.items()}
    plain, ssm = (bodies[kind]["Parameters"]["P"] for kind in ("plain", "ssm"))
    assert (plain["Type"], plain["Description"]) == ("String", "Something")
    assert (ssm["Type"], ssm["Default"]) == ("AWS::SSM::Parameter::Value<String>", "/shop/prod/p")
    assert "P" not in bodies["export"].get("Parameters", {})
    assert '{"Ref": "P"}' in texts["plain"] or "${P}" in texts["plain"]
    assert texts["ssm"] == texts["plain"]
    assert '{"Fn::ImportValue": "prod-network-p"}' in texts["export"]
    assert '{"Ref": "P"}' not in texts["export"]
    assert "${p}" not in "".join(texts.values())


def test_a_parameter_may_stand_in_a_variable_of_a_dashboard(tmp_path: Path) -> None:
    text = HEAD + KINDS["plain"] + WIDGET + "graph: a\n"
    text += "    variables: {c: {property: D, input: input, default: '${p}', label: 'a $${b}'}}\n"

    body = resource(template(compile_text(text, tmp_path)), "DashboardMain")["DashboardBody"]

    assert '"defaultValue": "${P}"' in body["Fn::Sub"]
    assert '"label": "a ${!b}"' in body["Fn::Sub"]


def test_the_export_of_a_parameter_may_be_made_of_other_parameters(tmp_path: Path) -> None:
    text = HEAD + "parameters: {network: {}, p: {export: '${network}-p'}}\ntags: {t: 'x ${p}'}\n"
    text += "logs: {l: {group: /a, retention: never}}\n"

    body = template(compile_text(text, tmp_path))

    tags = {one["Key"]: one["Value"] for one in resource(body, "LogL")["Tags"]}
    assert tags["t"] == {
        "Fn::Sub": ["x ${P}", {"P": {"Fn::ImportValue": {"Fn::Sub": "${Network}-p"}}}]
    }
    assert list(body["Parameters"]) == ["Network"]


@pytest.mark.parametrize("export", ["${p}", "x-${p}"])
def test_exports_that_are_made_of_each_other_are_an_error(export: str, tmp_path: Path) -> None:
    text = HEAD + f"parameters: {{p: {{export: '{export}'}}}}\ntags: {{t: '${{p}}'}}\n"
    text += "logs: {l: {group: /a, retention: never}}\n"

    compiled = compile_text(text, tmp_path)

    assert errors(compiled)


def test_only_parameters_that_are_used_are_asked_for(tmp_path: Path) -> None:
    text = HEAD + "parameters: {p: {}, left_over: {}}\ntags: {t: '${p}'}\n"
    text += "logs: {l: {group: /a, retention: never}}\n"

    body = template(compile_text(text, tmp_path))

    assert list(body["Parameters"]) == ["P"]


METRIC = (
    "metrics: {a: {metric: Shop A, @}}\nalarms: {x: {severity: info, when: {metric: a, above: 1}}}"
)
AT_COMPILE_TIME = {
    "name": ALARM + "    name: 'x-${p}'",
    "severity": ALARM.replace("severity: info", "severity: '${p}'") + "    notify: []",
    "enabled": ALARM + "    enabled: '${p}'",
    "on recovery": ALARM + "    on_recovery: '${p}'",
    "missing data": ALARM + "    missing_data: '${p}'",
    "datapoints": ALARM.replace("above: 1", "above: 1, datapoints: '${p}'"),
    "owner of an alarm": ALARM + "    owner: '${p}'",
    "statistic": METRIC.replace("@", "statistic: '${p}'"),
    "metric": "metrics: {a: {metric: 'Shop ${p}'}}",
    "Metrics Insights query": "metrics: {a: {query: 'SELECT ${p}'}}",
    "region": METRIC.replace("@", "region: '${p}'"),
    "pattern": "logs: {l: {group: /a, retention: never, metrics: {a: {pattern: '${p}'}}}}",
    "description of a log": "logs: {l: {group: /a, retention: never, description: '${p}'}}",
    "question": "queries: {q: {question: '${p}', query: x}}",
    "query": "queries: {q: {question: x, query: 'filter @logStream = \"${p}\"'}}",
    "folder": "queries: {q: {question: x, query: x, folder: '${p}'}}",
    "path": "health_checks: {h: {host: a.example.com, path: '/${p}', alarm: {severity: info}}}",
    "contains": "health_checks: {h: {host: a.example.com, contains: '${p}', alarm: {severity: info}}}",
    "schedule": "events: {e: {severity: info, schedule: '${p}'}}",
    "display name": "notify: {info: {email: [a@example.com], display_name: '${p}'}}",
    "namespace": "namespace: '${p}'",
    "description of the spec": "description: '${p}'",
    "title of a dashboard": "dashboards: {d: {title: '${p}', rows: [text: x]}}",
    "ssm path": "parameters: {q: {ssm: '/${p}'}}\ntags: {t: '${q}'}",
    "reason": ALARM
    + "mutes: {m: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: '${p}'}}",
}


@pytest.mark.parametrize("place", AT_COMPILE_TIME)
def test_a_parameter_may_not_stand_where_the_value_must_be_known(
    place: str, tmp_path: Path
) -> None:
    text = HEAD + "parameters: {p: {}}\n" + AT_COMPILE_TIME[place] + "\n"
    text = text.replace("parameters: {p: {}}\nparameters: {q", "parameters: {p: {}, q")

    error = only_error(compile_text(text, tmp_path), "reference/not-at-compile-time")

    assert '"p"' in error.message
    assert "${p}" in marked_text(error)


CHECKED_ANYWAY = {
    "threshold": ALARM.replace("above: 1", "above: '${p}'"),
    "band": ALARM.replace("above: 1", "outside_band: '${p}'"),
    "level": METRIC.replace("@", "levels: {high: '> ${p}'}"),
    "expression": "metrics: {a: {expression: 'm * ${p}', given: {m: Shop A}}}",
    "bound": WIDGET + "{graph: a, left: {min: '${p}'}}",
    "annotation": WIDGET + "{graph: a, annotations: [{at: '${p}'}]}",
    "name of a topic": "notify: {info: {email: [a@example.com], name: '${p}'}}",
    "for": ALARM.replace("above: 1", "above: 1, for: '${p}'"),
    "period": METRIC.replace("@", "period: '${p}'"),
    "retention": "logs: {l: {group: /a, retention: '${p}'}}",
    "start": "dashboards: {d: {start: '${p}', rows: [text: x]}}",
    "duration": ALARM
    + "mutes: {m: {alarms: all, schedule: cron(0 2 * * *), duration: '${p}', reason: r}}",
}


@pytest.mark.parametrize("place", CHECKED_ANYWAY)
def test_a_parameter_that_may_not_stand_here_is_one_finding(place: str, tmp_path: Path) -> None:
    text = HEAD + "parameters: {p: {}}\n" + CHECKED_ANYWAY[place] + "\n"

    error = only_error(compile_text(text, tmp_path), "reference/not-at-compile-time")

    assert '"p"' in error.message


@pytest.mark.parametrize("place", CHECKED_ANYWAY)
def test_a_parameter_may_not_stand_where_a_quantity_is_needed(place: str, tmp_path: Path) -> None:
    text = HEAD + "parameters: {p: {}}\n" + CHECKED_ANYWAY[place] + "\n"

    compiled = compile_text(text, tmp_path)

    assert "reference/not-at-compile-time" in {one.rule for one in errors(compiled)}
    assert not compiled.templates


def test_a_parameter_in_the_owner_of_the_spec_is_an_error(tmp_path: Path) -> None:
    text = HEAD + "parameters: {p: {}}\nowner: '${p}'\nlogs: {l: {group: /a, retention: never}}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.rule for one in errors(compiled)] == ["reference/not-at-compile-time"]


@pytest.mark.parametrize(
    "place",
    [
        "events: {e: {severity: info, pattern: {source: [a]}, message: {values: {a: '${p}'}, text: <a>}}}",
        "logs: {l: {group: /a, existing: true, metrics: {m: {pattern: x, dimensions: {D: '${p}'}}}}}",
    ],
)
def test_a_parameter_in_a_path_or_a_field_is_an_error(place: str, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + "parameters: {p: {}}\n" + place + "\n", tmp_path)

    assert [one.rule for one in errors(compiled)] == ["reference/not-at-compile-time"]


def test_one_finding_names_all_parameters_of_a_text(tmp_path: Path) -> None:
    text = HEAD + "parameters: {p: {}, q: {}}\ndescription: '${p} and ${q}'\n"

    error = only_error(compile_text(text, tmp_path), "reference/not-at-compile-time")

    assert '"p, q"' in error.message


@pytest.mark.parametrize("name", ["p", "account"])
@pytest.mark.parametrize(
    "spec",
    [
        "metrics: {a: {metric: Shop A}}\nalarms: {'x-@': {severity: info, when: {metric: a, above: 1}}}",
        "logs: {'l @': {group: /l, retention: never}}",
        "queries: {'q @': {question: q, query: q}}",
        "metrics: {'m_@': {metric: Shop M}}",
        "metrics: {m: {metric: Shop M, dimensions: {'@': x}}}",
        "metrics: {m: {metric: Shop M, levels: {'high_@': '> 5'}}}",
        "alarms: {x: {severity: info, when: {metric: A B, above: 1}, runbook: {links: {'@': 'https://a.com'}}}}",
        "events: {e: {severity: info, pattern: {'@': [a]}}}",
        "logs: {l: {group: /l, retention: never, properties: {Tags: {'@': x}}}}",
    ],
)
def test_a_name_does_not_wait_for_the_deployment(spec: str, name: str, tmp_path: Path) -> None:
    text = HEAD + "parameters: {p: {}}\ntags: {t: '${p}'}\n" + spec.replace("@", f"${{{name}}}")

    error = only_error(compile_text(text + "\n", tmp_path), "reference/known-too-late")

    assert f'"{name}" is known only at deployment' in error.message
