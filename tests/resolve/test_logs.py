from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template
from watchspec.catalog.retention import RETENTION_DAYS


def log_with(settings: str, folder: Path) -> Any:
    """A log group with these settings, as a whole resource."""
    text = HEAD + f"logs: {{l: {{group: /shop/l, {settings}}}}}\n"
    return template(compile_text(text, folder))["Resources"]["LogL"]


# --- log groups


@pytest.mark.parametrize("days", RETENTION_DAYS)
def test_lines_are_kept_for_the_days_that_exist(days: int, tmp_path: Path) -> None:
    log = log_with(f"retention: {days} days", tmp_path)

    assert log["Properties"]["RetentionInDays"] == days


@pytest.mark.parametrize(
    ("written", "days"), [("1 day", 1), ("1d", 1), ("2 weeks", 14), ("1w", 7), ("30d", 30)]
)
def test_retention_may_be_written_in_days_and_weeks(
    written: str, days: int, tmp_path: Path
) -> None:
    assert log_with(f"retention: {written}", tmp_path)["Properties"]["RetentionInDays"] == days


def test_lines_may_be_kept_for_ever(tmp_path: Path) -> None:
    assert "RetentionInDays" not in log_with("retention: never", tmp_path)["Properties"]


@pytest.mark.parametrize(
    ("written", "nearest"), [("2 days", 3), ("10 days", 14), ("3 weeks", 30), ("366 days", 400)]
)
def test_days_that_do_not_exist_are_an_error_with_the_nearest(
    written: str, nearest: int, tmp_path: Path
) -> None:
    text = HEAD + f"logs: {{l: {{group: /l, retention: {written}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "log/bad-retention")

    assert f'"{written}"' in error.message
    assert error.hint == f"{nearest} days is the nearest that is long enough"
    assert "3653" in error.help
    assert marked_text(error) == written


def test_nothing_is_long_enough_for_more_than_ten_years(tmp_path: Path) -> None:
    text = HEAD + "logs: {l: {group: /l, retention: 5000 days}}\n"

    error = only_error(compile_text(text, tmp_path), "log/bad-retention")

    assert error.hint == "3653 days is the longest but never"


def test_a_log_without_retention_is_an_error(tmp_path: Path) -> None:
    error = only_error(
        compile_text(HEAD + "logs: {l: {group: /l}}\n", tmp_path), "log/bad-retention"
    )

    assert "never" in error.help
    assert marked_text(error) == "l"


def test_no_deploy_can_lose_the_lines_of_a_log(tmp_path: Path) -> None:
    log = log_with("retention: 30 days", tmp_path)

    assert log["DeletionPolicy"] == "RetainExceptOnCreate"
    assert log["UpdateReplacePolicy"] == "Retain"
    assert log["Properties"]["DeletionProtectionEnabled"] is True


def test_lines_may_be_given_up_in_so_many_words(tmp_path: Path) -> None:
    log = log_with("retention: never, on_delete: delete, deletion_protection: false", tmp_path)

    assert log["DeletionPolicy"] == log["UpdateReplacePolicy"] == "Delete"
    assert log["Properties"]["DeletionProtectionEnabled"] is False


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("class: standard", None),
        ("class: infrequent_access", "INFREQUENT_ACCESS"),
    ],
)
def test_a_log_has_a_class(written: str, made: str | None, tmp_path: Path) -> None:
    log = log_with(f"retention: never, {written}", tmp_path)

    assert log["Properties"].get("LogGroupClass") == made


def test_a_log_may_be_encrypted(tmp_path: Path) -> None:
    key = "arn:aws:kms:eu-west-1:111122223333:key/1"

    given = log_with(f"retention: never, kms_key: '{key}'", tmp_path)
    own = log_with("retention: never, kms_key: create", tmp_path)

    assert given["Properties"]["KmsKeyId"] == key
    assert own["Properties"]["KmsKeyId"] == {"Fn::GetAtt": ["KeyOfLogL", "Arn"]}


def test_an_existing_log_is_used_and_not_made(tmp_path: Path) -> None:
    text = HEAD + "logs: {l: {group: /l, existing: true, metrics: {hits: {pattern: x}}}}\n"
    text += "queries: {q: {log: l, question: q, query: x}}\n"

    body = template(compile_text(text, tmp_path))

    assert list(body["Resources"]) == ["FilterHits", "QueryQ"]
    assert resource(body, "FilterHits")["LogGroupName"] == "/l"
    assert resource(body, "QueryQ")["LogGroupNames"] == ["/l"]


def test_the_lines_of_a_delivery_log_are_kept_as_long_as_aws_says(tmp_path: Path) -> None:
    made = log_with("class: delivery", tmp_path)["Properties"]

    assert made["LogGroupClass"] == "DELIVERY"
    assert "RetentionInDays" not in made


def test_a_delivery_log_has_no_retention_of_its_own(tmp_path: Path) -> None:
    text = HEAD + "logs: {l: {group: /l, class: delivery, retention: 7 days}}\n"

    error = only_error(compile_text(text, tmp_path), "log/bad-retention")

    assert marked_text(error) == "retention"


def test_a_log_that_may_go_with_its_stack_is_not_protected(tmp_path: Path) -> None:
    log = log_with("retention: never, on_delete: delete", tmp_path)

    assert log["Properties"]["DeletionProtectionEnabled"] is False


def test_a_log_cannot_be_protected_from_what_is_wanted(tmp_path: Path) -> None:
    text = (
        HEAD
        + "logs: {l: {group: /l, retention: never, on_delete: delete, deletion_protection: true}}\n"
    )

    found = errors(compile_text(text, tmp_path))

    assert [marked_text(one) for one in found] == ["true"]


@pytest.mark.parametrize(
    "setting", ["retention: 7 days", "kms_key: create", "class: standard", "tags: {a: b}"]
)
def test_what_is_said_of_somebody_elses_log_has_no_effect(setting: str, tmp_path: Path) -> None:
    text = HEAD + f"logs: {{l: {{group: /l, existing: true, {setting}}}}}\n"

    (warning,) = [
        one for one in compile_text(text, tmp_path).diagnostics if "/empty" not in one.rule
    ]

    assert "has no effect" in warning.message
    assert marked_text(warning) == setting.split(":", maxsplit=1)[0]


# --- metric filters


def filter_with(settings: str, folder: Path) -> dict[str, Any]:
    """A metric filter with these settings."""
    text = (
        HEAD + f"logs: {{l: {{group: /l, retention: never, metrics: {{hits: {{{settings}}}}}}}}}\n"
    )
    return resource(template(compile_text(text, folder)), "FilterHits")


def test_a_metric_filter_counts_the_lines_that_match(tmp_path: Path) -> None:
    made = filter_with("pattern: ' { $.status >= 500 } '", tmp_path)

    assert made == {
        "FilterName": "prod-shop-hits",
        "FilterPattern": "{ $.status >= 500 }",
        "LogGroupName": {"Ref": "LogL"},
        "MetricTransformations": [
            {"MetricName": "hits", "MetricNamespace": "shop/prod", "MetricValue": "1"}
        ],
    }


@pytest.mark.parametrize(
    ("settings", "key", "value"),
    [
        ("value: $.duration", "MetricValue", "$.duration"),
        ("value: 5", "MetricValue", "5"),
        ("value: 0.5", "MetricValue", "0.5"),
        ("default: 0", "DefaultValue", 0),
        ("unit: Milliseconds", "Unit", "Milliseconds"),
        ("namespace: Shop/Web", "MetricNamespace", "Shop/Web"),
        ("name: Hits", "MetricName", "Hits"),
        ("dimensions: {Page: $.page}", "Dimensions", [{"Key": "Page", "Value": "$.page"}]),
    ],
)
def test_a_metric_filter_does_as_it_is_told(
    settings: str, key: str, value: object, tmp_path: Path
) -> None:
    made = filter_with(f"pattern: '{{ $.page = * }}', {settings}", tmp_path)

    assert made["MetricTransformations"][0][key] == value


def test_the_namespace_of_the_spec_holds_its_metric_filters(tmp_path: Path) -> None:
    text = HEAD + "namespace: Shop/${environment}\n"
    text += "logs: {l: {group: /l, retention: never, metrics: {hits: {pattern: x}}}}\n"
    text += "alarms: {a: {severity: info, when: {metric: hits, above: 5, for: 5m}}}\n"

    body = template(compile_text(text, tmp_path))

    made = resource(body, "FilterHits")["MetricTransformations"][0]
    alarm = resource(body, "AlarmA")
    assert made["MetricNamespace"] == alarm["Namespace"] == "Shop/prod"


def test_a_metric_filter_is_a_metric_like_any_other(tmp_path: Path) -> None:
    text = HEAD + "logs:\n  l:\n    group: /l\n    retention: never\n    metrics:\n"
    text += "      hits: {pattern: x, name: Hits, namespace: Web, levels: {many: '> 5'}}\n"
    text += (
        "      slow: {pattern: x, value: $.ms, unit: Milliseconds, statistic: p99, period: 5m}\n"
    )
    text += "alarms:\n  a: {severity: info, when: {metric: hits, level: many}}\n"
    text += "  b: {severity: info, when: {metric: slow, above: 2s}}\n"

    body = template(compile_text(text, tmp_path))

    hits, slow = resource(body, "AlarmA"), resource(body, "AlarmB")
    assert (hits["Namespace"], hits["MetricName"]) == ("Web", "Hits")
    assert (hits["Statistic"], hits["Period"], hits["Threshold"]) == ("Sum", 60, 5)
    assert (slow["ExtendedStatistic"], slow["Period"], slow["Threshold"]) == ("p99", 300, 2_000)


def test_the_title_of_a_metric_filter_is_made_of_its_name(tmp_path: Path) -> None:
    text = HEAD + "logs: {l: {group: /l, retention: never, metrics: {api_5xx: {pattern: x}}}}\n"
    text += "alarms: {a: {severity: info, when: {metric: api_5xx, above: 5}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmA")

    assert alarm["AlarmDescription"].startswith("Api 5xx above 5 for 1 minute.")


def test_a_log_of_another_class_has_no_metric_filters(tmp_path: Path) -> None:
    text = (
        HEAD
        + "logs: {l: {group: /l, retention: never, class: infrequent_access, metrics: {a: {pattern: x}}}}\n"
    )

    compiled = compile_text(text, tmp_path)

    assert errors(compiled)


# --- saved queries

LOGS = "logs: {k: {group: /k, retention: never}, l: {group: /l, retention: never}}\n"


def query_with(settings: str, folder: Path, name: str = "Errors by page") -> dict[str, Any]:
    """A saved query with these settings."""
    text = HEAD + LOGS + f"queries:\n  {name}: {{{settings}}}\n"
    resources = template(compile_text(text, folder))["Resources"].values()
    (query,) = [one["Properties"] for one in resources if "Query" in one["Type"]]
    made: dict[str, Any] = query
    return made


def test_a_saved_query_begins_with_its_question(tmp_path: Path) -> None:
    made = query_with('log: l, question: Which pages?, query: "filter x\\n| limit 5\\n"', tmp_path)

    assert made == {
        "Name": "prod-shop/Errors by page",
        "QueryString": "# Which pages?\nfilter x\n| limit 5",
        "LogGroupNames": [{"Ref": "LogL"}],
    }


def test_every_line_of_a_question_is_a_comment(tmp_path: Path) -> None:
    made = query_with('log: l, question: "Which pages?\\nAnd when?", query: x', tmp_path)

    assert made["QueryString"] == "# Which pages?\n# And when?\nx"


def test_a_query_may_run_on_several_logs(tmp_path: Path) -> None:
    made = query_with("logs: [l, k, l], question: q, query: x", tmp_path)

    assert made["LogGroupNames"] == [{"Ref": "LogL"}, {"Ref": "LogK"}]


def test_a_query_may_leave_its_log_to_the_reader(tmp_path: Path) -> None:
    assert "LogGroupNames" not in query_with("question: q, query: x", tmp_path)


def test_a_query_may_be_kept_in_another_folder(tmp_path: Path) -> None:
    made = query_with("log: l, question: q, query: x, folder: Shop/errors", tmp_path)

    assert made["Name"] == "Shop/errors/Errors by page"


@pytest.mark.parametrize("language", ["SQL", "PPL"])
def test_a_query_in_another_language_has_no_comment(language: str, tmp_path: Path) -> None:
    made = query_with(f"question: q, query: x, language: {language}", tmp_path)

    assert (made["QueryString"], made["QueryLanguage"]) == ("x", language)


def test_a_query_may_have_parameters(tmp_path: Path) -> None:
    made = query_with(
        "log: l, question: q, query: 'filter page = \"{{page}}\"',"
        " parameters: {page: {default: /, description: The page}, n: {}}",
        tmp_path,
    )

    assert made["QueryString"].endswith('filter page = "{{page}}"')
    assert made["Parameters"] == [
        {"Name": "n"},
        {"Name": "page", "DefaultValue": "/", "Description": "The page"},
    ]


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ("language: SQL, log: l", "log"),
        ("language: SQL, logs: [l]", "logs"),
        ("language: SQL, parameters: {a: {}}", "parameters"),
        ("language: PPL, parameters: {a: {}}", "parameters"),
    ],
)
def test_what_a_language_does_not_have_is_an_error(settings: str, key: str, tmp_path: Path) -> None:
    text = HEAD + LOGS + f"queries: {{q: {{question: q, query: x, {settings}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "query/wrong-language")

    assert f'has no "{key}"' in error.message
    assert marked_text(error) == key


@pytest.mark.parametrize("settings", ["log: ll", "logs: [k, ll]"])
def test_a_log_that_does_not_exist_is_an_error_with_a_suggestion(
    settings: str, tmp_path: Path
) -> None:
    text = (
        HEAD
        + LOGS.replace("l: {", "all: {")
        + f"queries: {{q: {{question: q, query: x, {settings}}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "log/unknown")

    assert error.message == 'there is no log "ll"'
    assert error.hint == 'did you mean "all"?'
    assert marked_text(error) == "ll"
