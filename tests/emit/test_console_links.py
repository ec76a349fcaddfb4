"""Links into the AWS console: the forms seen in public code, and back from them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emit.deployment import dashboards, deploy, read_body
from support import HEAD, compile_text
from watchspec.catalog.console import dashboard_url, query_url

LINK = re.compile(r"\[([^\]]*)\]\((https://[^)\s]*)\)")
# Put together by hand from the rules at https://github.com/sin9270/cloudwatch-logs-insights-url-encoder
# (read 2026-11-24): the query in the page's own notation, escaped as by JavaScript's `escape`, and
# then as by `encodeURIComponent` with $ in the place of %.
EXAMPLE = (
    "https://eu-west-2.console.aws.amazon.com/cloudwatch/home?region=eu-west-2#logsV2:logs-insights"
    "$3FqueryDetail$3D$257E$2528end$257E0$257Estart$257E-10800$257EtimeType$257E$2527RELATIVE"
    "$257Eunit$257E$2527seconds$257EeditorString$257E$2527fields*20*40timestamp*2C*20*40message*0A"
    "*7C*20limit*2020$257Esource$257E$2528$257E$2527*2Fecs*2Fshop-prod$2529$2529"
)


def test_link_to_a_query_is_as_the_console_writes_it() -> None:
    url = query_url("eu-west-2", "fields @timestamp, @message\n| limit 20", ("/ecs/shop-prod",))

    assert url == EXAMPLE


def test_link_to_a_query_over_several_log_groups_names_each() -> None:
    url = query_url("eu-west-1", "limit 1", ("/a/b", "/c"))

    assert isinstance(url, str)
    assert url.endswith("$257Esource$257E$2528$257E$2527*2Fa*2Fb$257E$2527*2Fc$2529$2529")
    assert read_link(url) == ("limit 1", ["/a/b", "/c"])


def test_link_to_a_query_over_no_log_group_leaves_the_choice_to_the_reader() -> None:
    url = query_url("eu-west-1", "limit 1", ())

    assert isinstance(url, str)
    assert read_link(url) == ("limit 1", [])


@given(
    query=st.text(
        st.characters(codec="ascii", exclude_categories=["Cc"], include_characters="\n"), min_size=1
    ),
    groups=st.lists(st.from_regex(r"[.\-_/#A-Za-z0-9]{1,40}", fullmatch=True), max_size=3),
)
def test_any_query_and_its_log_groups_can_be_read_back_from_the_link(
    query: str, groups: list[str]
) -> None:
    url = query_url("eu-west-1", query, tuple(groups))

    assert isinstance(url, str)
    assert read_link(url) == (query, groups)
    assert not set(url) & set(" ()[]<>\"'\\`{}|^\n")  # nothing that would end a Markdown link


def test_query_in_another_script_can_be_read_back_from_the_link() -> None:
    url = query_url("eu-west-1", 'filter city = "Zürich" or city = "東京"', ("/a",))

    assert isinstance(url, str)
    assert url.isascii()
    assert read_link(url) == ('filter city = "Zürich" or city = "東京"', ["/a"])


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("eu-west-1", "eu-west-1.console.aws.amazon.com"),
        ("cn-north-1", "console.amazonaws.cn"),
        ("us-gov-west-1", "console.amazonaws-us-gov.com"),
    ],
)
def test_link_to_a_dashboard_leads_to_the_console_of_the_partition(region: str, host: str) -> None:
    url = dashboard_url(region, "prod-web-dashboard")

    assert url == (
        f"https://{host}/cloudwatch/home?region={region}#dashboards:name=prod-web-dashboard"
    )


def test_heading_links_every_other_dashboard_and_every_saved_query(tmp_path: Path) -> None:
    spec = """
parameters: {function: {description: The function}}
logs:
  web: {group: /shop/web, retention: 1 day}
  lambda: {group: "/aws/lambda/${function}", existing: true}
queries:
  Errors: {logs: [web, lambda], question: Which?, query: "filter a = \\"b\\"\\n| stats count(*) by c"}
  Last: {question: Which?, query: limit 1}
dashboards:
  web: {rows: [{text: a}]}
  warehouse: {title: The warehouse, rows: [{text: a}]}
"""

    (stack,) = compile_text(HEAD + spec, tmp_path).templates

    deployed = deploy(stack, {"Function": "resize"})
    heading = dashboards(deployed)["DashboardWeb"]["widgets"][0]["properties"]["markdown"]
    links = dict(LINK.findall(heading))
    assert "[The warehouse](#dashboards:name=prod-warehouse-dashboard)" in heading
    assert "#dashboards:name=prod-web-dashboard" not in heading
    assert {title: read_link(url) for title, url in links.items()} == {
        "Errors": ('filter a = "b"\n| stats count(*) by c', ["/shop/web", "/aws/lambda/resize"]),
        "Last": ("limit 1", []),
    }


def test_outputs_lead_to_the_dashboards_and_name_the_topics(tmp_path: Path) -> None:
    spec = """
parameters: {email: {description: Where alarms are mailed}}
notify: {critical: {email: ["${email}"]}, info: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}
dashboards: {web: {rows: [{text: a}]}}
"""

    (stack,) = compile_text(HEAD + spec, tmp_path).templates

    assert read_body(stack)["Outputs"] == {
        "TopicCriticalArn": {
            "Description": "Topic of the route critical",
            "Value": {"Ref": "TopicCritical"},
        },
        "DashboardWebUrl": {
            "Description": "Console page of the dashboard web",
            "Value": dashboard_url("eu-west-1", "prod-web-dashboard"),
        },
    }


def test_mail_of_an_alarm_leads_to_the_first_dashboard_that_shows_it_or_its_metric(
    tmp_path: Path,
) -> None:
    spec = """
metrics: {a: {metric: Shop/Web A}, b: {metric: Shop/Web B}, c: {metric: Shop/Web C}}
alarms:
  on-a: {severity: info, when: {metric: a, above: 1}}
  on-both: {severity: info, when: {any: [on-b, on-a]}}
  on-b: {severity: info, when: {metric: b, above: 1}}
  on-c: {severity: info, when: {metric: c, above: 1}}
  on-d: {severity: info, when: {metric: Shop/Web D, above: 1}}
dashboards:
  a: {rows: [{text: nothing}]}
  b: {rows: [{graph: a}]}
  c: {rows: [{graph: a}, {alarm: on-c}]}
  d: {rows: [{alarms: [on-c, on-d]}]}
"""

    (stack,) = compile_text(HEAD + spec, tmp_path).templates

    said = {
        name: made["Properties"]["AlarmDescription"].split("\n")[2:]
        for name, made in read_body(stack)["Resources"].items()
        if "AlarmDescription" in made["Properties"]
    }
    second, third, fourth = (
        [f"Dashboard: {dashboard_url('eu-west-1', f'prod-{name}-dashboard')}"]
        for name in ("b", "c", "d")
    )
    assert said == {
        "AlarmOnA": second,
        "AlarmOnBoth": second,
        "AlarmOnB": [],
        "AlarmOnC": third,
        "AlarmOnD": fourth,
    }


def read_link(url: str) -> tuple[str, list[str]]:
    """The query and the log groups of a link, as the console would read them."""
    fragment = url.split("#logsV2:logs-insights", 1)[1]
    detail = unquote(unquote(fragment.replace("$", "%")).removeprefix("?queryDetail="))
    match = re.fullmatch(
        r"~\(end~0~start~-10800~timeType~'RELATIVE~unit~'seconds"
        r"~editorString~'([^~()']*)~source~\(((?:~'[^~()']*)*)\)\)",
        detail,
    )
    assert match is not None, detail
    groups = match.group(2).split("~'")[1:]
    return _read_value(match.group(1)), [_read_value(group) for group in groups]


def _read_value(text: str) -> str:
    return unquote(text.replace("*", "%"))
