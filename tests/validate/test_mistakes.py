"""The mistakes people make most, and what they are told: where, what is wrong, what to type."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error

ENVIRONMENTS = "environments:\n  prod: {region: eu-west-1}\n"


class Mistake(NamedTuple):
    """What is typed below the head of a spec, and what is to be said of it."""

    text: str
    rule: str
    marked: str
    message: str
    advice: str = ""
    """The hint behind the caret, or the help if there is none."""


def alarm(inside: str) -> str:
    return f"alarms: {{hot: {{{inside}}}}}\n"


def when(inside: str) -> str:
    return alarm(f"severity: info, when: {{{inside}}}")


def widget(inside: str) -> str:
    return f"dashboards: {{main: {{rows: [{{{inside}}}]}}}}\n"


def log(inside: str) -> str:
    return f"logs: {{app: {{group: /app, {inside}}}}}\n"


def metric(inside: str) -> str:
    return f"metrics: {{cpu: {{metric: AWS/EC2 CPUUtilization, {inside}}}}}\n"


KEY, MISSING, KEYS = "spec/unknown-key", "spec/missing-key", "spec/wrong-keys"
TYPE, VALUE = "spec/wrong-type", "spec/wrong-value"
CONDITIONS = "above, at_least, below, at_most, level, outside_band, above_band, below_band"
IDENTIFIER = (
    "an identifier has letters, digits and underscores, and begins with a lower-case letter"
)
DURATION = "write a duration as a number and a unit: 90s, 10m, 2 hours, 7 days"

MISTAKES = {
    "a section in the singular": Mistake(
        "metric: {}\n", KEY, "metric", 'unknown key "metric"', 'did you mean "metrics"?'
    ),
    "a key nobody knows": Mistake(
        "notify: {critical: {slack: x}}\n",
        KEY,
        "slack",
        'unknown key "slack" in notify.critical',
        "known here: email, sms, https, lambda, topic, ops_item, actions, on_recovery, "
        "on_missing_data, kms_key, display_name, name, tags, properties, only, where_given, "
        "ignore",
    ),
    "a misspelt key deep inside": Mistake(
        widget("graph: [{metric: cpu, lable: x}]"),
        KEY,
        "lable",
        'unknown key "lable" in dashboards.main.rows[0].graph[0]',
        'did you mean "label"?',
    ),
    "a misspelt kind of widget": Mistake(
        widget("grpah: cpu"),
        KEY,
        "grpah",
        'unknown key "grpah" in dashboards.main.rows[0]',
        'did you mean "graph"?',
    ),
    "a key in camel case": Mistake(
        alarm("severity: info, when: {metric: A B, above: 1}, missingData: ignore"),
        KEY,
        "missingData",
        'unknown key "missingData" in alarms.hot',
        'did you mean "missing_data"?',
    ),
    "no severity": Mistake(
        alarm("when: {metric: A B, above: 1}"),
        MISSING,
        "hot",
        'alarms.hot needs "severity"',
        'add "severity": How urgent it is: critical wakes people, warning is looked at soon, info is recorded',
    ),
    "no log group": Mistake(
        "logs: {app: {retention: 30 days}}\n",
        MISSING,
        "app",
        'logs.app needs "group"',
        'add "group": The name in CloudWatch Logs, such as /ecs/${environment}/backend',
    ),
    "no question": Mistake(
        "queries: {Errors: {query: x}}\n",
        MISSING,
        "Errors",
        'queries.Errors needs "question"',
        'add "question": The question it answers',
    ),
    "a misspelt severity": Mistake(
        alarm("severity: critcal, when: {metric: A B, above: 1}"),
        VALUE,
        "critcal",
        'alarms.hot.severity cannot be "critcal"',
        'did you mean "critical"?',
    ),
    "a word of CloudWatch in snake case": Mistake(
        alarm("severity: info, when: {metric: A B, above: 1}, missing_data: not_breaching"),
        VALUE,
        "not_breaching",
        'alarms.hot.missing_data cannot be "not_breaching"',
        'did you mean "notBreaching"?',
    ),
    "a unit in lower case": Mistake(
        metric("unit: percent"),
        VALUE,
        "percent",
        'metrics.cpu.unit cannot be "percent"',
        'did you mean "Percent"?',
    ),
    "a field type of Python": Mistake(
        log("format: {json: {a: str}}"),
        VALUE,
        "str",
        'logs.app.format.json.a cannot be "str"',
        'did you mean "string"?',
    ),
    "a number where one of two words is wanted": Mistake(
        "health_checks: {h: {host: x, interval: 30, alarm: {severity: info}}}\n",
        VALUE,
        "30",
        "health_checks.h.interval cannot be 30",
        'did you mean "30s"?',
    ),
    "no comparison": Mistake(
        when("metric: A B"), KEYS, "when", f"alarms.hot.when needs one of: {CONDITIONS}"
    ),
    "nothing to compare": Mistake(
        when("above: 1"), KEYS, "when", "alarms.hot.when needs one of: metric, expression, query"
    ),
    "two comparisons": Mistake(
        when("metric: A B, above: 1, below: 2"),
        KEYS,
        "below",
        '"above" and "below" exclude each other',
    ),
    "two signals": Mistake(
        when("metric: A B, query: SELECT 1, above: 1"),
        KEYS,
        "query",
        '"metric" and "query" exclude each other',
    ),
    "a threshold and a combination": Mistake(
        when("metric: A B, above: 1, any: [hot]"),
        KEYS,
        "any",
        '"metric" and "any" do not go together',
    ),
    "a graph and a text": Mistake(
        widget("graph: cpu, text: x"), KEYS, "text", '"graph" and "text" do not go together'
    ),
    "a time and data points": Mistake(
        when("metric: A B, above: 1, for: 10m, datapoints: 2 of 3"),
        KEYS,
        "datapoints",
        '"for" and "datapoints" do not go together',
    ),
    "dimensions of an expression": Mistake(
        "metrics: {m: {expression: a + b, dimensions: {A: b}}}\n",
        KEYS,
        "dimensions",
        '"dimensions" goes only with "metric"',
    ),
    "a default and dimensions": Mistake(
        log("metrics: {m: {pattern: x, default: 0, dimensions: {A: $.a}}}"),
        KEYS,
        "dimensions",
        '"default" and "dimensions" do not go together',
    ),
    "a widget of no kind": Mistake(
        "dashboards:\n  main:\n    rows:\n      - {title: x}\n",
        KEYS,
        "{",
        "dashboards.main.rows[0] needs one of: graph, number, gauge, bar, pie, table, text, "
        "alarms, alarm, query, insights, explorer, chart, custom, raw",
    ),
    "no where true is wanted": Mistake(
        alarm("severity: info, when: {metric: A B, above: 1}, enabled: no"),
        TYPE,
        "no",
        'alarms.hot.enabled is "no"; expected true or false',
        "write false",
    ),
    "a number for text": Mistake(
        "tags: {release: 5}\n", TYPE, "5", "tags.release is 5; expected text", "put it in quotes"
    ),
    "true for text": Mistake(
        "tags: {public: true}\n",
        TYPE,
        "true",
        "tags.public is true; expected text",
        "put it in quotes",
    ),
    "nothing at all": Mistake(
        "tags: {team: }\n",
        TYPE,
        "",
        "tags.team is empty; expected text",
        'write a value, or remove the key; "#" begins a comment outside quotes',
    ),
    "text for a mapping": Mistake(
        alarm("severity: info, when: cpu > 70%"),
        TYPE,
        "cpu > 70%",
        'alarms.hot.when is "cpu > 70%"; expected a mapping',
    ),
    "a list for a mapping": Mistake(
        "alarms:\n  - {severity: info}\n", TYPE, "", "alarms is a list; expected a mapping"
    ),
    "a mapping for text": Mistake(
        "tags: {team: {name: x}}\n", TYPE, "{", "tags.team is a mapping; expected text"
    ),
    "text for a list": Mistake(
        alarm("severity: info, when: {metric: A B, above: 1}, notify: critical"),
        TYPE,
        "critical",
        'alarms.hot.notify is "critical"; expected a list',
        "write a list: [critical]",
    ),
    "text for a number": Mistake(
        widget("graph: cpu, width: half"),
        TYPE,
        "half",
        'dashboards.main.rows[0].width is "half"; expected a whole number',
    ),
    "a list for a quantity": Mistake(
        when("metric: A B, above: [70]"),
        TYPE,
        "[",
        "alarms.hot.when.above is a list; expected a number or text",
    ),
    "a duration of no known unit": Mistake(
        when("metric: A B, above: 1, for: 10 minuts"),
        VALUE,
        "10 minuts",
        'alarms.hot.when.for cannot be "10 minuts"',
        DURATION,
    ),
    "a retention in months": Mistake(
        log("retention: 1 month"),
        VALUE,
        "1 month",
        'logs.app.retention cannot be "1 month"',
        'did you mean "30 days"?',
    ),
    "a retention in capitals": Mistake(
        log("retention: Never"),
        VALUE,
        "Never",
        'logs.app.retention cannot be "Never"',
        'did you mean "never"?',
    ),
    "a period in capitals": Mistake(
        metric("period: 5M"),
        VALUE,
        "5M",
        'metrics.cpu.period cannot be "5M"',
        'did you mean "5m"?',
    ),
    "a period in abbreviated minutes": Mistake(
        metric("period: 5 mins"),
        VALUE,
        "5 mins",
        'metrics.cpu.period cannot be "5 mins"',
        'did you mean "5m"?',
    ),
    "a period of many digits": Mistake(
        metric(f"period: {'9' * 5000} months"),
        VALUE,
        f"{'9' * 5000} months",
        f'metrics.cpu.period cannot be "{"9" * 60}…"',
        DURATION,
    ),
    "data points as a fraction": Mistake(
        when("metric: A B, above: 1, datapoints: 2/3"),
        VALUE,
        "2/3",
        'alarms.hot.when.datapoints cannot be "2/3"',
        'write it as "2 of 3"',
    ),
    "a color by name": Mistake(
        metric("color: red"),
        VALUE,
        "red",
        'metrics.cpu.color cannot be "red"',
        "write a color as #rrggbb",
    ),
    "a statistic by half": Mistake(
        metric("statistic: avg"),
        VALUE,
        "avg",
        'metrics.cpu.statistic cannot be "avg"',
        'did you mean "Average"?',
    ),
    "a metric's name with a dash": Mistake(
        "metrics: {ecs-cpu: {metric: A B}}\n",
        VALUE,
        "ecs-cpu",
        'the name cannot be "ecs-cpu"',
        'did you mean "ecs_cpu"?',
    ),
    "an alarm's name with a mark": Mistake(
        'alarms: {"hot!": {severity: info, when: {metric: A B, above: 1}}}\n',
        VALUE,
        '"hot!"',
        'the name cannot be "hot!"',
        "a name has letters, digits, spaces, dots, dashes and underscores, "
        "and begins with a letter or a digit",
    ),
    "too wide a widget": Mistake(
        widget("graph: cpu, width: 30"),
        VALUE,
        "30",
        "dashboards.main.rows[0].width is 30; 24 is the most",
    ),
    "too narrow a widget": Mistake(
        widget("graph: cpu, width: 0"),
        VALUE,
        "0",
        "dashboards.main.rows[0].width is 0; 1 is the least",
    ),
    "an empty list of rows": Mistake(
        "dashboards: {main: {rows: []}}\n",
        VALUE,
        "[",
        "dashboards.main.rows needs at least one item",
    ),
    "an empty text": Mistake('owner: ""\n', VALUE, '""', "owner is empty"),
    "a long description": Mistake(
        f"description: {'x' * 1001}\n",
        VALUE,
        "x" * 1001,
        "description has 1,001 characters; 1,000 are the most",
    ),
    "an empty mapping": Mistake(
        log("format: {json: {}}"),
        VALUE,
        "{",
        "logs.app.format.json needs at least one entry",
    ),
    "a period between two minutes": Mistake(
        widget(
            "explorer: {labels: [{key: a}], period: 90,"
            " metrics: [{metricName: a, resourceType: b, stat: Sum}]}"
        ),
        VALUE,
        "90",
        "dashboards.main.rows[0].explorer.period is 90; it must be a multiple of 60",
    ),
    "another data source": Mistake(
        widget(
            "chart: {view: line,"
            " data: {queries: [{id: a, type: logs, language: SQL, query: SELECT 1}]}}"
        ),
        VALUE,
        "logs",
        'dashboards.main.rows[0].chart.data.queries[0].type cannot be "logs"',
        "write cloudwatch-metrics",
    ),
    "a line and a band": Mistake(
        widget("graph: cpu, annotations: [{at: 1, from: 1, to: 2}]"),
        KEYS,
        "from",
        '"at" and "from" exclude each other',
    ),
    "a path without a slash": Mistake(
        "health_checks: {h: {host: x, path: health, alarm: {severity: info}}}\n",
        VALUE,
        "health",
        'health_checks.h.path cannot be "health"',
        "a path begins with / and has no spaces",
    ),
    "an old cron": Mistake(
        'mutes: {m: {alarms: all, schedule: "0 2 * * *", duration: 1h, reason: x}}\n',
        VALUE,
        '"0 2 * * *"',
        'mutes.m.schedule cannot be "0 2 * * *"',
        "write cron(minute hour day month weekday) or at(yyyy-mm-ddThh:mm)",
    ),
    "a link that is none": Mistake(
        alarm("severity: info, when: {metric: A B, above: 1}, runbook: {links: {Wiki: wiki/shop}}"),
        VALUE,
        "wiki/shop",
        'alarms.hot.runbook.links.Wiki cannot be "wiki/shop"',
        "write a link that begins with https://",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_likely_mistake_is_explained_where_it_is(mistake: Mistake, tmp_path: Path) -> None:
    found = only_error(compile_text(HEAD + mistake.text, tmp_path), mistake.rule)

    assert found.message == mistake.message
    assert (found.hint or found.help) == mistake.advice
    assert marked_text(found) == mistake.marked


def test_all_mistakes_of_a_file_are_reported_in_one_run(tmp_path: Path) -> None:
    text = HEAD + (
        "ownr: me\n"
        "metrics: {cpu: {metric: A B, color: red, statistic: avg}}\n"
        "logs: {app: {retention: 1 month}}\n"
    )

    found = errors(compile_text(text, tmp_path))

    assert sorted((one.rule, marked_text(one)) for one in found) == [
        (MISSING, "app"),
        (KEY, "ownr"),
        (VALUE, "1 month"),
        (VALUE, "avg"),
        (VALUE, "red"),
    ]


def test_a_long_value_is_shown_in_part(tmp_path: Path) -> None:
    found = only_error(compile_text(HEAD + f"{'x' * 500}: 1\n", tmp_path), KEY)

    assert found.message == f'unknown key "{"x" * 60}…"'


def test_a_value_that_does_not_fit_in_one_environment_is_marked_where_it_is_used(
    tmp_path: Path,
) -> None:
    text = HEAD + (
        "values: {how: criticl}\n"
        "alarms:\n"
        "  hot:\n"
        "    severity: ${how}\n"
        "    when: {metric: A B, above: 1}\n"
    )

    found = only_error(compile_text(text, tmp_path), VALUE)

    assert found.message.startswith('alarms.hot.severity cannot be "criticl"')
    assert found.hint == 'did you mean "critical"?'
    assert marked_text(found) == "${how}"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (when("metric: A B, above: 1, for: 10"), DURATION),
        (log("retention: 30"), 'write a number of days such as "30 days", or never'),
        (
            "environments: {dev: {region: eu-west-1, account: 1234}}\n",
            "write the twelve digits of the account id, in quotes",
        ),
    ],
)
def test_a_number_that_lacks_its_unit_is_asked_for_it(
    text: str, advice: str, tmp_path: Path
) -> None:
    head = HEAD.removesuffix(ENVIRONMENTS) if text.startswith("environments") else HEAD

    found = only_error(compile_text(head + text, tmp_path), TYPE)

    assert found.help == advice


@pytest.mark.parametrize(
    "text",
    [
        "notify: {critical: {email: ops@example.com}}\n",
        when("any: hot"),
        "include: common.yaml\n",
    ],
)
def test_a_single_value_for_a_list_is_put_into_brackets(text: str, tmp_path: Path) -> None:
    found = only_error(compile_text(HEAD + text, tmp_path), TYPE)

    assert "[" in found.help


def test_a_mapping_in_place_of_a_list_of_lines_is_not_an_unknown_key(tmp_path: Path) -> None:
    found = errors(compile_text(HEAD + widget("graph: {metric: A B}"), tmp_path))

    assert [one.rule for one in found] == [TYPE]


@pytest.mark.parametrize(
    ("written", "meant"), [("average", "Average"), ("avg", "Average"), ("max", "Maximum")]
)
def test_a_statistic_in_other_words_is_suggested(written: str, meant: str, tmp_path: Path) -> None:
    found = only_error(compile_text(HEAD + metric(f"statistic: {written}"), tmp_path), VALUE)

    assert found.hint == f'did you mean "{meant}"?'


def test_a_number_from_elsewhere_is_not_asked_to_be_quoted_where_it_is_used(
    tmp_path: Path,
) -> None:
    text = HEAD + (
        'values: {port: 8080}\nhealth_checks: {h: {host: "${port}", alarm: {severity: info}}}\n'
    )

    found = only_error(compile_text(text, tmp_path), TYPE)

    assert found.help != "put it in quotes"


def test_a_color_that_became_a_comment_is_told_so(tmp_path: Path) -> None:
    text = HEAD + "metrics:\n  cpu:\n    metric: A B\n    color: #1f77b4\n"

    found = only_error(compile_text(text, tmp_path), TYPE)

    assert "quotes" in found.help


@pytest.mark.parametrize(
    "text",
    [
        "metrics: {cpu: {metricc: A B}}\n",
        when("metric: A B, abov: 1"),
        "events: {e: {severity: info, evnt: ecs-deployment-failed, where: {cluster: x}}}\n",
    ],
)
def test_a_misspelt_key_is_one_mistake(text: str, tmp_path: Path) -> None:
    only_error(compile_text(HEAD + text, tmp_path), KEY)


def test_two_missing_keys_are_two_findings(tmp_path: Path) -> None:
    found = errors(compile_text(HEAD + "alarms: {hot: {}}\n", tmp_path))

    assert [one.message for one in found] == [
        'alarms.hot needs "severity"',
        'alarms.hot needs "when"',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"notify: {{{'a' * 61}: {{}}}}\n", "the name has 61 characters; 60 are the most"),
        ('logs: {app: {group: x, format: {json: {"": string}}}}\n', "the name is empty"),
    ],
)
def test_a_key_of_the_wrong_length_is_spoken_of_as_a_name(
    text: str, message: str, tmp_path: Path
) -> None:
    found = errors(compile_text(HEAD + text, tmp_path))

    assert found[0].message == message


def test_half_a_band_is_told_that_it_needs_the_other_half(tmp_path: Path) -> None:
    text = HEAD + widget("graph: cpu, annotations: [{from: 1}]")

    found = only_error(compile_text(text, tmp_path), KEYS)

    assert marked_text(found) == "from"
    assert found.message == '"from" needs "to"'


def test_a_spec_without_environments_is_told_how_to_give_them(tmp_path: Path) -> None:
    found = only_error(compile_text("version: v1\nservice: shop\n", tmp_path), MISSING)

    assert found.message == "the spec names no environments"
    assert found.help == "add them, for example  environments: {prod: {region: eu-west-1}}"


def test_an_environment_without_a_region_is_marked(tmp_path: Path) -> None:
    text = "version: v1\nservice: shop\nenvironments: {prod: {}}\n"

    found = only_error(compile_text(text, tmp_path), MISSING)

    assert marked_text(found) == "prod"
    assert found.message == 'environments.prod needs "region"'
