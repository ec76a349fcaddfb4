from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, check_text, marked_text

METRICS = "metrics: {orders: {metric: Shop Orders}, refunds: {metric: Shop Refunds}}\n"
ALARM = "alarms: {a: {severity: info, when: {metric: orders, below: 1}}}\n"
RULES = {"metric/unused", "log/unused", "notify/unused-route"}


def unused_in(text: str, folder: Path, head: str = HEAD) -> list[tuple[str, str, str]]:
    """Rule, message and what stands under the caret, of what is unused."""
    found = [one for one in check_text(head + text, folder) if one.rule in RULES]
    assert {one.severity.word for one in found} <= {"warning"}
    return [(one.rule, one.message, marked_text(one)) for one in found]


def test_a_metric_nobody_uses_is_found_at_its_name(tmp_path: Path) -> None:
    assert unused_in(METRICS + ALARM, tmp_path) == [
        ("metric/unused", 'no alarm, dashboard or other metric uses "refunds"', "refunds")
    ]


@pytest.mark.parametrize(
    "use",
    [
        "dashboards: {d: {rows: [{graph: refunds}]}}",
        "dashboards: {d: {rows: [[{number: [orders, refunds]}]]}}",
        "dashboards: {d: {rows: [{graph: {metric: refunds, statistic: Sum}}]}}",
        "dashboards: {d: {rows: [{graph: [{expression: refunds / orders}]}]}}",
    ],
)
def test_a_metric_of_a_dashboard_is_used(use: str, tmp_path: Path) -> None:
    assert unused_in(f"{METRICS}{ALARM}{use}\n", tmp_path) == []


@pytest.mark.parametrize(
    "condition",
    ["{expression: refunds / orders, above: 1}", "{metric: refunds, above: 1}"],
)
def test_a_metric_of_an_alarm_is_used(condition: str, tmp_path: Path) -> None:
    more = f"  b: {{severity: info, when: {condition}}}\n"

    assert (
        unused_in(METRICS + ALARM.replace("{a: ", "\n  a: ", 1)[:-2] + "\n" + more, tmp_path) == []
    )


def test_a_metric_of_another_metric_is_used(tmp_path: Path) -> None:
    text = METRICS.replace("}}\n", "}, share: {expression: refunds / orders}}\n")
    text += ALARM.replace("metric: orders, below", "metric: share, above")

    assert unused_in(text, tmp_path) == []


def test_metrics_of_a_list_are_unused_only_if_all_are(tmp_path: Path) -> None:
    text = "metrics:\n  age_${q}: {for_each: {q: [orders, refunds]}, metric: 'Shop Age-${q}'}\n"
    alarm = ALARM.replace("metric: orders", "metric: age_orders")

    assert unused_in(text + alarm, tmp_path) == []
    assert unused_in(text + ALARM.replace("orders", "Shop Orders"), tmp_path) == [
        ("metric/unused", 'no alarm, dashboard or other metric uses "age_orders"', "age_${q}")
    ]


def test_what_one_environment_uses_is_used(tmp_path: Path) -> None:
    head = HEAD.replace("  prod:", "  dev: {region: eu-west-1}\n  prod:")
    more = "dashboards: {d: {only: [prod], rows: [{graph: refunds}]}}\n"

    assert unused_in(METRICS + ALARM + more, tmp_path, head) == []
    assert len(unused_in(METRICS + ALARM, tmp_path, head)) == 1


def test_what_an_included_file_declares_may_be_for_others(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text(f"version: v1\n{METRICS}", encoding="utf-8")

    assert unused_in("include: [shared.yaml]\n" + ALARM, tmp_path) == []


def test_a_spec_without_alarms_and_dashboards_uses_nothing_yet(tmp_path: Path) -> None:
    assert unused_in(METRICS + "notify: {info: {email: [a@example.com]}}\n", tmp_path) == []


@pytest.mark.parametrize(
    ("use", "found"),
    [
        ("alarms: {a: {severity: info, notify: [oncall], when: {metric: Shop A, above: 1}}}", []),
        (
            ALARM.replace("orders", "Shop A")
            + "events: {e: {severity: info, notify: [oncall], schedule: rate(1 hour)}}",
            [],
        ),
        (
            ALARM.replace("orders", "Shop A"),
            [("notify/unused-route", 'no alarm or event notifies "oncall"', "oncall")],
        ),
    ],
)
def test_a_route_carries_alarms_or_events(
    use: str, found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    text = f"notify: {{oncall: {{email: [a@example.com]}}}}\n{use}\n"

    assert unused_in(text, tmp_path) == found


@pytest.mark.parametrize(
    ("log", "use", "is_used"),
    [
        ("{group: /shop, existing: true}", "", False),
        ("{group: /shop, existing: true, metrics: {errors: {pattern: ERROR}}}", "", True),
        ("{group: /shop, retention: 30 days}", "", True),
        (
            "{group: /shop, existing: true}",
            "queries: {Errors: {log: web, question: Which?, query: fields @message}}\n",
            True,
        ),
        (
            "{group: /shop, existing: true}",
            "dashboards: {d: {rows: [{query: fields @message, logs: [web]}]}}\n",
            True,
        ),
    ],
)
def test_a_log_group_is_made_or_read(log: str, use: str, tmp_path: Path, *, is_used: bool) -> None:
    text = f"logs: {{web: {log}}}\n{ALARM.replace('orders', 'Shop A')}{use}"

    assert unused_in(text, tmp_path) == (
        [] if is_used else [("log/unused", 'nothing reads the log group "web"', "web")]
    )
