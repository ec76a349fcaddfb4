from __future__ import annotations

import pytest

from watchspec.catalog.metrics import (
    MetricFacts,
    known_metrics,
    known_namespaces,
    look_up_metric,
    split_metric,
)
from watchspec.model.signals import PLAIN_STATISTICS


@pytest.mark.parametrize(
    ("namespace", "name", "facts"),
    [
        ("AWS/ECS", "CPUUtilization", MetricFacts("Percent", 60, None)),
        ("AWS/RDS", "FreeStorageSpace", MetricFacts("Bytes", 60, None)),
        ("AWS/RDS", "ReadLatency", MetricFacts("Seconds", 60, None)),
        ("AWS/RDS", "ReadIOPS", MetricFacts("Count/Second", 60, None)),
        ("AWS/S3", "BucketSizeBytes", MetricFacts("Bytes", 86_400, "Average")),
        ("AWS/Billing", "EstimatedCharges", MetricFacts("None", 21_600, "Maximum")),
        ("AWS/ApplicationELB", "TargetResponseTime", MetricFacts("Seconds", 60, None)),
        ("AWS/Lambda", "Duration", MetricFacts("Milliseconds", 60, None)),
        ("AWS/SQS", "ApproximateAgeOfOldestMessage", MetricFacts("Seconds", 60, None)),
        ("ECS/ContainerInsights", "NetworkRxBytes", MetricFacts("Bytes/Second", 60, None)),
        ("AWS/EC2", "NoSuchMetric", MetricFacts()),
        ("No/Namespace", "CPUUtilization", MetricFacts()),
    ],
)
def test_a_metric_has_the_facts_aws_publishes(
    namespace: str, name: str, facts: MetricFacts
) -> None:
    found = look_up_metric(namespace, name)

    assert (found.unit, found.period_seconds) == (facts.unit, facts.period_seconds)
    assert facts.statistic in {None, found.statistic}


def test_a_metric_that_nobody_knows_comes_every_minute() -> None:
    assert look_up_metric("Shop", "Orders") == MetricFacts(None, 60, None)


def test_the_only_statistic_that_makes_sense_is_the_usual_one() -> None:
    assert look_up_metric("AWS/Lambda", "AsyncEventsDropped").statistic == "Sum"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("AWS/EC2 CPUUtilization", ("AWS/EC2", "CPUUtilization")),
        ("  AWS/EC2   CPUUtilization  ", ("AWS/EC2", "CPUUtilization")),
        ("Shop Orders per minute", ("Shop", "Orders per minute")),
        ("AWS/Braket/By Device Count", ("AWS/Braket/By Device", "Count")),
        ("CPUUtilization", None),
        ("AWS/EC2 ", None),
        ("", None),
    ],
)
def test_a_metric_is_written_as_namespace_and_name(
    written: str, parts: tuple[str, str] | None
) -> None:
    assert split_metric(written) == parts


@pytest.mark.parametrize(
    "written", ["AWS/Braket/By Device", "AWS/Braket/By Device ", " AWS/Braket/By Device  "]
)
def test_a_namespace_with_spaces_alone_is_no_metric(written: str) -> None:
    assert split_metric(written) is None


def test_the_usual_statistic_of_a_metric_is_one() -> None:
    """`p*` stands for any percentile, and is none."""
    usual = {
        look_up_metric(namespace, name).statistic
        for namespace in known_namespaces()
        for name in known_metrics(namespace)
    }

    assert None in usual
    assert usual - {None} <= PLAIN_STATISTICS
