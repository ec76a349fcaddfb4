"""An account is read page after page; what CloudWatch cannot say is said as an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.stub import ANY, Stubber

from watchspec.fetch import Query
from watchspec.fetch.account import Account, FetchError
from watchspec.model.metric_ids import MetricId

REGION = "eu-west-1"
HITS = Query(MetricId("Shop", "Hits", (("Queue", "orders"),), REGION), "Sum", 60)
LATENCY = Query(MetricId("Shop", "Latency", (), REGION, "111122223333"), "p99", 300)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "x"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    return Account(None)


@pytest.fixture
def cloudwatch(account: Account) -> Iterator[Stubber]:
    with Stubber(account.client(REGION)) as stubber:
        yield stubber


def say(number: int, times: list[int], status: str = "Complete") -> dict[str, Any]:
    return {
        "Id": f"q{number}",
        "Timestamps": [datetime.fromtimestamp(time, UTC) for time in times],
        "Values": [float(time) for time in times],
        "StatusCode": status,
    }


def test_all_pages_are_read_and_nothing_but_what_is_asked_for(
    account: Account, cloudwatch: Stubber
) -> None:
    asked = {"MetricDataQueries": ANY, "StartTime": ANY, "EndTime": ANY, "ScanBy": ANY}
    first = {"MetricDataResults": [say(0, [0, 60], "PartialData"), say(1, [0])], "NextToken": "t"}
    second = {"MetricDataResults": [say(0, [120])]}
    cloudwatch.add_response("get_metric_data", first, asked)
    cloudwatch.add_response("get_metric_data", second, {**asked, "NextToken": "t"})

    points = account.read(REGION, [HITS, LATENCY], 60, (0, 300))

    assert points == {HITS: {0: 0.0, 60: 60.0, 120: 120.0}, LATENCY: {0: 0.0}}
    cloudwatch.assert_no_pending_responses()


def test_a_query_says_metric_account_and_the_period_that_is_still_kept(
    account: Account, cloudwatch: Stubber
) -> None:
    hits = {
        "Metric": {
            "Namespace": "Shop",
            "MetricName": "Hits",
            "Dimensions": [{"Name": "Queue", "Value": "orders"}],
        },
        "Period": 300,
        "Stat": "Sum",
    }
    latency = {
        "Metric": {"Namespace": "Shop", "MetricName": "Latency", "Dimensions": []},
        "Period": 300,
        "Stat": "p99",
    }
    asked = {
        "MetricDataQueries": [
            {"Id": "q0", "MetricStat": hits},
            {"Id": "q1", "MetricStat": latency, "AccountId": "111122223333"},
        ],
        "StartTime": datetime(1970, 1, 1, tzinfo=UTC),
        "EndTime": datetime(1970, 1, 2, tzinfo=UTC),
        "ScanBy": "TimestampAscending",
    }
    cloudwatch.add_response("get_metric_data", {"MetricDataResults": []}, asked)

    assert account.read(REGION, [HITS, LATENCY], 300, (0, 86_400)) == {HITS: {}, LATENCY: {}}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"MetricDataResults": [say(0, [], "InternalError")]},
            "CloudWatch answers InternalError in eu-west-1",
        ),
        (
            {"MetricDataResults": [], "Messages": [{"Code": "c", "Value": "too many metrics"}]},
            "CloudWatch answers too many metrics in eu-west-1",
        ),
    ],
)
def test_an_answer_that_is_not_all_is_an_error(
    account: Account, cloudwatch: Stubber, answer: dict[str, Any], words: str
) -> None:
    cloudwatch.add_response("get_metric_data", answer)

    with pytest.raises(FetchError) as caught:
        account.read(REGION, [HITS], 60, (0, 300))

    assert str(caught.value) == words


def test_what_may_not_be_read_says_which_permission_is_missing(
    account: Account, cloudwatch: Stubber
) -> None:
    told = "User: me is not authorized to perform: cloudwatch:GetMetricData"
    cloudwatch.add_client_error("get_metric_data", "AccessDenied", told)

    with pytest.raises(FetchError) as caught:
        account.read(REGION, [HITS], 60, (0, 300))

    assert str(caught.value) == f"AWS refuses GetMetricData: AccessDenied: {told}"
