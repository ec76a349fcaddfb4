"""One account, read through boto3 with the credentials that the AWS CLI has as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from watchspec.fetch.queries import Query

QUERIES_A_CALL = 500
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (read 2026-11-24)"""


class FetchError(Exception):
    """The account cannot be read; the text says why, in words for whoever asked."""


class Account:
    """What an account says of its metrics. FetchError if it says nothing."""

    def __init__(self, profile: str | None) -> None:
        """Find credentials, and out whose they are."""
        try:
            import boto3  # noqa: PLC0415 - an extra
            from botocore.config import Config  # noqa: PLC0415
        except ImportError:
            raise FetchError(
                "boto3 is not installed; install it with  pip install 'watchspec[aws]'"
            ) from None
        with _say_errors():
            self.session = boto3.Session(profile_name=profile)
        self.config = Config(retries={"mode": "standard"})
        self.clients: dict[str, Any] = {}
        self.id = ""

    def identify(self, region: str) -> str:
        """The number of the account; it costs nothing and needs no permission."""
        if not self.id:
            with _say_errors():
                client = self.session.client("sts", region_name=region, config=self.config)
                self.id = str(client.get_caller_identity()["Account"])
        return self.id

    def read(
        self, region: str, queries: Sequence[Query], period_seconds: int, span: tuple[int, int]
    ) -> dict[Query, dict[int, float]]:
        """Data points by time of at most QUERIES_A_CALL queries, from one time up to another.

        period_seconds: the least that CloudWatch still has of that time.
        """
        wanted = [_describe(number, one, period_seconds) for number, one in enumerate(queries)]
        points: dict[Query, dict[int, float]] = {one: {} for one in queries}
        with _say_errors():
            pages = (
                self.client(region)
                .get_paginator("get_metric_data")
                .paginate(
                    MetricDataQueries=wanted,
                    StartTime=datetime.fromtimestamp(span[0], UTC),
                    EndTime=datetime.fromtimestamp(span[1], UTC),
                    ScanBy="TimestampAscending",
                )
            )
            for page in pages:
                for said in page.get("Messages", ()):
                    raise FetchError(f"CloudWatch answers {said['Value']} in {region}")
                for one in page["MetricDataResults"]:
                    if one["StatusCode"] not in {"Complete", "PartialData"}:
                        raise FetchError(f"CloudWatch answers {one['StatusCode']} in {region}")
                    times = (int(time.timestamp()) for time in one["Timestamps"])
                    query = queries[int(one["Id"].removeprefix("q"))]
                    points[query].update(zip(times, one["Values"], strict=True))
        return points

    def client(self, region: str) -> Any:  # noqa: ANN401 - boto3 makes its classes when it runs
        """What speaks with CloudWatch in a Region."""
        if region not in self.clients:
            self.clients[region] = self.session.client(
                "cloudwatch", region_name=region, config=self.config
            )
        return self.clients[region]


def _describe(number: int, query: Query, period_seconds: int) -> dict[str, Any]:
    metric = query.metric
    described: dict[str, Any] = {
        "Id": f"q{number}",
        "MetricStat": {
            "Metric": {
                "Namespace": metric.namespace,
                "MetricName": metric.name,
                "Dimensions": [{"Name": name, "Value": value} for name, value in metric.dimensions],
            },
            "Period": max(query.period_seconds, period_seconds),
            "Stat": query.statistic,
        },
    }
    return described | ({"AccountId": metric.account} if metric.account else {})


@contextmanager
def _say_errors() -> Iterator[None]:
    """Errors of boto3 as one sentence."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        yield
    except ClientError as error:
        said = error.response.get("Error", {})
        words = f"{said.get('Code', 'an error')}: {said.get('Message', '')}"
        raise FetchError(f"AWS refuses {error.operation_name}: {words}") from None
    except (BotoCoreError, ValueError) as error:  # ValueError: AWS_ENDPOINT_URL is no URL
        raise FetchError(f"AWS cannot be asked: {error}") from None
