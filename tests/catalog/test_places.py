"""Regions, partitions, consoles, retention."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from watchspec.catalog.console import dashboard_url, query_url
from watchspec.catalog.quotas import SOURCES
from watchspec.catalog.regions import (
    REGIONS,
    SINGLE_REGION_NAMESPACES,
    console_host,
    partition_of,
)
from watchspec.catalog.retention import RETENTION_DAYS, nearest_retention
from watchspec.model.text import Deferred, ParameterRef, show_text


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("eu-west-1", "aws"),
        ("us-east-1", "aws"),
        ("ap-southeast-7", "aws"),
        ("cn-north-1", "aws-cn"),
        ("cn-northwest-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("us-isof-south-1", "aws-iso-f"),
        ("eusc-de-east-1", "aws-eusc"),
        ("nowhere", "aws"),
    ],
)
def test_a_region_lies_in_a_partition(region: str, partition: str) -> None:
    assert partition_of(region) == partition


def test_every_region_is_named_once_and_in_order() -> None:
    assert list(REGIONS) == sorted(set(REGIONS))


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("eu-west-1", "eu-west-1.console.aws.amazon.com"),
        ("cn-north-1", "console.amazonaws.cn"),
        ("us-gov-west-1", "console.amazonaws-us-gov.com"),
    ],
)
def test_a_console_has_a_host(region: str, host: str) -> None:
    assert console_host(region) == host


def test_the_namespaces_of_one_region_are_those_of_the_catalog() -> None:
    text = files("watchspec.catalog").joinpath("metrics.json").read_text(encoding="utf-8")
    known = {
        namespace: entry["region"]
        for namespace, entry in json.loads(text).items()
        if entry.get("region")
    }

    assert known == SINGLE_REGION_NAMESPACES


def test_the_page_of_a_dashboard_has_an_address() -> None:
    assert dashboard_url("eu-west-2", "shop-main") == (
        "https://eu-west-2.console.aws.amazon.com/cloudwatch/home?region=eu-west-2"
        "#dashboards:name=shop-main"
    )


def test_the_page_of_a_query_has_the_address_the_console_makes() -> None:
    url = query_url("eu-west-2", "fields @timestamp, @message\n| limit 20", ("/ecs/shop-prod",))

    # The address of the console for the last hour; ours is for the last three.
    console = (
        "https://eu-west-2.console.aws.amazon.com/cloudwatch/home?region=eu-west-2"
        "#logsV2:logs-insights$3FqueryDetail$3D$257E$2528end$257E0$257Estart$257E-3600"
        "$257EtimeType$257E$2527RELATIVE$257Eunit$257E$2527seconds$257EeditorString$257E$2527"
        "fields*20*40timestamp*2C*20*40message*0A*7C*20limit*2020$257Esource$257E$2528$257E$2527"
        "*2Fecs*2Fshop-prod$2529$2529"
    )
    assert url == console.replace("-3600", "-10800")


def test_a_query_may_run_on_several_groups() -> None:
    url = query_url("eu-west-2", "x", ("/a", "/b"))

    assert isinstance(url, str)
    assert url.endswith("source$257E$2528$257E$2527*2Fa$257E$2527*2Fb$2529$2529")


def test_a_group_known_at_deployment_is_put_in_as_it_is() -> None:
    url = query_url("eu-west-2", "x", (Deferred(("/rds/", ParameterRef("db"), "/x")),))

    assert isinstance(url, Deferred)
    assert "$257E$2527*2Frds*2F<db>*2Fx$2529$2529" in show_text(url)


@pytest.mark.parametrize("character", ["'", "(", ")", "~", "!", "*", "$", "%", "+", "é", "☂", '"'])
def test_no_character_of_a_query_ends_its_address(character: str) -> None:
    url = query_url("eu-west-2", f"a{character}b", ("/a",))

    assert isinstance(url, str)
    encoded = "".join(f"*{byte:02X}" for byte in character.encode())
    assert f"editorString$257E$2527a{encoded}b$257E" in url


def test_lines_are_kept_for_days_that_exist() -> None:
    assert len(RETENTION_DAYS) == 22
    assert list(RETENTION_DAYS) == sorted(RETENTION_DAYS)


@pytest.mark.parametrize(
    ("days", "nearest"), [(0, 1), (1, 1), (2, 3), (8, 14), (366, 400), (3653, 3653)]
)
def test_the_nearest_retention_is_long_enough(days: int, nearest: int) -> None:
    assert nearest_retention(days) == nearest


def test_every_quota_has_a_source() -> None:
    assert all("read 2026-11-24" in source for source in SOURCES.values())
