"""Log groups, metric filters and saved queries: what AWS would refuse or lose is not emitted."""

from __future__ import annotations

from pathlib import Path

import pytest

from emit.deployment import dashboards, deploy, of_type, read_body
from support import HEAD, compile_text, errors, marked_text, only_error, resource
from watchspec.diagnostics import Severity

LOG = "logs: {web: {group: /shop/web, retention: 1 day}}\n"
FILTER = """
logs:
  web:
    group: /shop/web
    retention: 1 day
    metrics:
      errors: {pattern: "{ $.a = 1 }", dimensions: {A: $.a}}
"""


def test_key_of_a_log_with_an_imported_name_is_for_that_log(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "parameters: {a: {export: network-a}}\n"
        "logs: {b: {group: '/shop/${a}', retention: 1 day, kms_key: create}}\n",
        tmp_path,
    )

    body = deploy(compiled.templates[0], exports={"network-a": "blue"})
    _, logs = resource(body, "KeyOfLogB")["KeyPolicy"]["Statement"]
    assert resource(body, "LogB")["LogGroupName"] == "/shop/blue"
    assert logs["Condition"]["ArnEquals"] == {
        "kms:EncryptionContext:aws:logs:arn": (
            "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/blue"
        )
    }


@pytest.mark.parametrize(
    ("key", "setting"),
    [
        ("kms_key", "create"),
        ("retention", "3 days"),
        ("class", "infrequent_access"),
        ("on_delete", "delete"),
        ("deletion_protection", "true"),
        ("made_in", "prod"),
        ("tags", "{a: b}"),
        ("properties", "{Nonsense: 1}"),
    ],
)
def test_setting_that_an_existing_log_group_cannot_get_is_reported(
    key: str, setting: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, existing: true, {key}: {setting}}}}}\n"
        "queries: {q: {log: a, question: What?, query: limit 1}}\n",
        tmp_path,
    )

    (warning,) = compiled.diagnostics
    assert (warning.rule, warning.severity) == ("log/no-effect", Severity.WARNING)
    assert marked_text(warning) == key


def test_log_group_that_is_made_by_another_environment_may_say_what_it_is_like(
    tmp_path: Path,
) -> None:
    compiled = compile_text(
        HEAD
        + "  dev: {region: eu-west-1}\n"
        + "logs: {a: {group: /a, made_in: dev, retention: 3 days, tags: {a: b}}}\n"
        + "queries: {q: {log: a, question: What?, query: limit 1}}\n",
        tmp_path,
    )

    assert compiled.diagnostics == ()


@pytest.mark.parametrize(
    ("setting", "is_protected"),
    [
        ("", True),
        (", deletion_protection: false", False),
        (", on_delete: delete", False),
        (", on_delete: delete, deletion_protection: false", False),
        (", on_delete: keep", True),
    ],
)
def test_log_group_is_protected_unless_it_goes_with_its_stack(
    setting: str,
    is_protected: bool,  # noqa: FBT001 - an argument of the test
    tmp_path: Path,
) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, retention: 1 day{setting}}}}}\n", tmp_path
    )

    assert compiled.diagnostics == ()
    log = resource(read_body(compiled.templates[0]), "LogA")
    assert log["DeletionProtectionEnabled"] is is_protected


def test_protection_that_the_deletion_of_the_stack_would_meet_is_refused(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD
        + "logs: {a: {group: /a, retention: 1 day, on_delete: delete, deletion_protection: true}}\n",
        tmp_path,
    )

    error = only_error(compiled, "log/protected-deletion")
    assert marked_text(error) == "true"


def test_log_group_of_delivery_has_a_retention_that_nobody_can_set(tmp_path: Path) -> None:
    without = compile_text(HEAD + "logs: {a: {group: /a, class: delivery}}\n", tmp_path)
    with_one = compile_text(
        HEAD + "logs: {a: {group: /a, class: delivery, retention: 1 day}}\n", tmp_path
    )

    assert without.diagnostics == ()
    log = resource(read_body(without.templates[0]), "LogA")
    assert log["LogGroupClass"] == "DELIVERY"
    assert "RetentionInDays" not in log
    assert marked_text(only_error(with_one, "log/bad-retention")) == "retention"


@pytest.mark.parametrize(
    "setting", ["class: infrequent_access, retention: 1 day", "class: delivery"]
)
def test_metric_filter_on_a_class_that_has_none_is_refused(setting: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, {setting}, metrics: {{errors: {{pattern: ERROR}}}}}}}}\n",
        tmp_path,
    )

    assert errors(compiled)


@pytest.mark.parametrize(
    "user",
    [
        "alarms: {x: {severity: info, when: {metric: errors, above: 1}}}",
        "alarms: {x: {severity: info, when: {metric: errors, dimensions: {B: x}, above: 1}}}",
        "alarms: {x: {severity: info, when: {expression: errors * 2, above: 1}}}",
        "alarms: {x: {severity: info, when: {metric: shop/prod errors, above: 1}}}",
        "dashboards: {x: {rows: [{graph: errors}]}}",
        "dashboards: {x: {rows: [{number: [{expression: 2 * e, given: {e: errors}}]}]}}",
    ],
)
def test_metric_of_a_filter_with_dimensions_is_watched_with_them(user: str, tmp_path: Path) -> None:
    compiled = compile_text(f"{HEAD}{FILTER}{user}\n", tmp_path)

    error = only_error(compiled, "metric/missing-dimensions")
    assert error.message == '"errors" exists only with its dimensions; A is missing'


def test_metric_that_another_filter_makes_without_dimensions_needs_none(tmp_path: Path) -> None:
    spec = """      errors_in_all: {name: errors, pattern: "{ $.a = 1 }"}
      errors_by_b: {name: errors, pattern: "{ $.a = 1 }", dimensions: {B: $.b}}
alarms: {a: {severity: info, when: {metric: errors_in_all, above: 1}}}
"""

    compiled = compile_text(HEAD + FILTER + spec, tmp_path)

    assert errors(compiled) == []


def test_alarm_on_a_filter_with_dimensions_watches_the_metric_with_them(tmp_path: Path) -> None:
    spec = """
logs:
  web:
    group: /shop/web
    retention: 1 day
    metrics: {errors: {pattern: "{ $.a = 1 }", dimensions: {A: $.a}}}
alarms: {errors: {severity: info, when: {metric: errors, dimensions: {A: x}, above: 1}}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    alarm = resource(read_body(compiled.templates[0]), "AlarmErrors")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("shop/prod", "errors")
    assert alarm["Dimensions"] == [{"Name": "A", "Value": "x"}]


@pytest.mark.parametrize(
    ("value", "written"), [("2", "2"), ("0.5", "0.5"), ("-1", "-1"), ("$.a.b", "$.a.b")]
)
def test_value_of_a_metric_filter_is_text(value: str, written: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, existing: true, metrics:"
        f" {{b: {{pattern: x, value: {value}}}}}}}}}\n",
        tmp_path,
    )

    (transformation,) = resource(read_body(compiled.templates[0]), "FilterB")[
        "MetricTransformations"
    ]
    assert transformation["MetricValue"] == written


def test_small_value_of_a_metric_filter_is_written_in_full(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD
        + "logs: {a: {group: /a, existing: true, metrics: {b: {pattern: x, value: 0.00001}}}}\n",
        tmp_path,
    )

    (transformation,) = resource(read_body(compiled.templates[0]), "FilterB")[
        "MetricTransformations"
    ]
    assert transformation["MetricValue"] == "0.00001"


# In SQL the log groups stand in the query:
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
# (read 2026-11-24)
@pytest.mark.parametrize(("key", "value"), [("log", "web"), ("logs", "[web]")])
def test_query_in_sql_is_given_no_log_groups(key: str, value: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}"
        f"queries: {{q: {{{key}: {value}, language: SQL, question: What?, query: SELECT 1}}}}\n",
        tmp_path,
    )

    error = only_error(compiled, "query/wrong-language")
    assert marked_text(error) == key
    assert error.help == "name the log groups in FROM"


def test_query_in_sql_names_its_log_groups_itself(tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}queries: {{q: {{language: SQL, question: What?, query: SELECT 1}}}}\n", tmp_path
    )

    ((_, query),) = of_type(read_body(compiled.templates[0]), "AWS::Logs::QueryDefinition")
    assert query == {"Name": "prod-shop/q", "QueryString": "SELECT 1", "QueryLanguage": "SQL"}


@pytest.mark.parametrize("language", ["SQL", "PPL"])
def test_only_queries_in_insights_ql_have_parameters(language: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}queries: {{q: {{language: {language}, question: What?,"
        ' query: "limit {{n}}", parameters: {n: {default: "1"}}}}\n',
        tmp_path,
    )

    error = only_error(compiled, "query/wrong-language")
    assert error.message == f'a query in {language} has no "parameters"'
    assert marked_text(error) == "parameters"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        pytest.param(
            "language: SQL, query: SELECT 1",
            'the saved query "q" is in SQL, which no widget shows',
            id="in SQL",
        ),
        pytest.param(
            "log: web, language: PPL, query: head 1",
            'the saved query "q" is in PPL, which no widget shows',
            id="in PPL",
        ),
        pytest.param(
            'log: web, query: "limit {{n}}", parameters: {n: {}}',
            'the saved query "q" asks for "n", which has no default',
            id="with a parameter",
        ),
    ],
)
def test_widget_shows_no_query_that_a_dashboard_cannot_run(
    query: str, message: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}queries: {{q: {{question: What?, {query}}}}}\n"
        "dashboards: {web: {rows: [{query: q}]}}\n",
        tmp_path,
    )

    error = only_error(compiled, "query/wrong-language")
    assert error.message == message
    assert marked_text(error) == "q"


def test_widget_runs_a_query_with_the_defaults_of_its_parameters(tmp_path: Path) -> None:
    spec = """
queries:
  q:
    log: web
    question: What?
    query: filter a = "{{text}}" and b = "{{text}}" | limit {{n}}
    parameters: {text: {default: "x y"}, n: {default: "10"}}
dashboards: {web: {header: false, rows: [{query: q}]}}
"""

    compiled = compile_text(HEAD + LOG + spec, tmp_path)

    body = deploy(compiled.templates[0])
    (dashboard,) = dashboards(body).values()
    assert dashboard["widgets"][0]["properties"]["query"] == (
        'SOURCE \'/shop/web\' | filter a = "x y" and b = "x y" | limit 10'
    )
    ((_, query),) = of_type(body, "AWS::Logs::QueryDefinition")
    assert query["QueryString"].endswith('b = "{{text}}" | limit {{n}}')


def test_heading_links_no_query_that_the_page_cannot_open(tmp_path: Path) -> None:
    spec = """
queries:
  Mine: {log: web, question: What?, query: limit 1}
  Theirs: {language: SQL, question: What?, query: SELECT 1}
dashboards: {web: {rows: [{text: a}]}}
"""

    compiled = compile_text(HEAD + LOG + spec, tmp_path)

    (dashboard,) = dashboards(deploy(compiled.templates[0])).values()
    heading = dashboard["widgets"][0]["properties"]["markdown"]
    assert "[Mine](" in heading
    assert "Theirs" not in heading


def test_query_in_another_language_has_no_comment(tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}queries: {{q: {{log: web, language: PPL, question: What?, query: head 1}}}}\n",
        tmp_path,
    )

    ((_, query),) = of_type(read_body(compiled.templates[0]), "AWS::Logs::QueryDefinition")
    assert query["QueryString"] == "head 1"
    assert query["QueryLanguage"] == "PPL"
