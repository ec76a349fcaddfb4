"""Whatever a spec says, findings come out and never an exception.

Specs are drawn along the schema: structurally they are mostly right, what stands in them is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.examples import examples
from support import ROOT, compile_text
from watchspec.diagnostics import Diagnostic
from watchspec.languages import parse_alarm_rule
from watchspec.languages.parsing import Problem
from watchspec.load import load_spec
from watchspec.model.alarm_rules import RuleTerm, states_in
from watchspec.model.compiled import CompiledSpec
from watchspec.resolve.composites import write_rule

SCHEMA = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]

NAMES = (
    "a",
    "b",
    "hot",
    "c-d",
    "e_f",
    "x y",
    "a.b",
    "c-${n}",
    "A",
    "prod",
    "critical",
    "9",
    "${v}",
)
IDENTIFIERS = ("a", "b", "cpu", "a_b", "cost", "m_${n}", "band", "result")
REFERENCES = (
    "${v}",
    "${n}",
    "${list}",
    "${map}",
    "${map.k}",
    "${p}",
    "${s}",
    "${e}",
    "${account}",
    "${region}",
)
SANE = (
    "a", "b", "hot", "cpu", "a", "b", "AWS/EC2 CPUUtilization", "AWS/Billing EstimatedCharges", "AWS/DynamoDB A",
    "Shop A", "x ${v} y", "x ${p} y", "${p}${e}", "$${x}", "/shop/${environment}", "ops@example.com", "+4915112345678",
    "arn:aws:sns:eu-west-1:111122223333:t", "arn:aws:sns:us-east-1:${account}:${p}", "https://example.com/${v}",
    "create", "all", "ALARM(a)", "ALARM(a) AND NOT OK(hot)", "AT_LEAST(1%, NOT OK, (a, hot))", "a + b", "a / (a - b)",
    "cpu * 1e3", "SELECT AVG(a) FROM b", "<task>", "$.detail.x",
)  # fmt: skip
WILD = (
    *NAMES, *REFERENCES, "$$", "${", "${nowhere}", "${AWS::Region}", "{{resolve:ssm:a}}", "{{a}}", "never", "nan", "inf",
    "arn:aws:automate:eu-west-1:ec2:stop", "arn:aws:s3:::a", "NOT " * 30 + "ALARM(a)", "((((", "ALARM(", "1e9", "5/s",
    "SEARCH('a \"b\"', 'Sum', 60) + a", "'", '"', "70%", "10m", ">", "<aws.events.event>", "/", "aws/x", "é☂😀", "\u202e",
    "\u00a0", " ", "x" * 600, "y " * 700, "\\", '\\"', "#", "- a", "a: b", "!Sub a", "$60", "%", "0", "-1", "~",
)  # fmt: skip
TEXTS = (*SANE, *SANE, *SANE, *WILD)
QUANTITIES = (
    "70%", "> 70%", "<= 2 GiB", "$60", "> $1,000.5", "10m", ">= 0s", "< 1 week", "-1", "> 1e9", "5/s", ">", "10 MB/s",
    "${n}", "${p}", "> ${v}", "many", 0, 1, -1, 70.5, 1e-9, 99999999999, "$5m", "1,5", "2 of 3",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 24, 25, 60, 70.5, 1e-9, 99999999999)

SECTIONS = {
    "alarms": ("metrics", "alarms", "mutes", "notify"),
    "logs": ("logs", "queries", "alarms"),
    "events": ("notify", "events", "health_checks"),
    "dashboards": ("metrics", "alarms", "queries", "dashboards"),
    "loops": ("values", "changes", "metrics", "logs", "names", "namespace", "tags", "owner"),
    "everything": tuple(SCHEMA["properties"]),
}
HEAD: dict[str, Any] = {
    "version": "v1",
    "service": "shop",
    "environments": {
        "dev": {"region": "eu-west-1"},
        "prod": {"region": "us-east-1", "account": "111122223333", "values": {"v": "prod"}},
    },
    "values": {"v": "a", "n": 1, "list": ["a", "b"], "map": {"k": "a"}},
    "parameters": {"p": {"default": "a"}, "s": {"ssm": "/a"}, "e": {"export": "a"}},
    "notify": {
        "critical": {"email": ["a@example.com"], "on_recovery": True},
        "warning": {"topic": "arn:aws:sns:eu-west-1:111122223333:t", "only": ["dev"]},
        "info": {"ops_item": {"severity": 3}},
    },
    "metrics": {
        "a": {"metric": "AWS/EC2 CPUUtilization", "levels": {"a": "> 70%", "b": "< 5%"}},
        "b": {"expression": "a * 2", "unit": "Percent"},
        "cpu": {"query": "SELECT AVG(a) FROM b"},
    },
    "logs": {"a": {"group": "/a/${environment}", "retention": "never"}},
    "queries": {"a": {"log": "a", "question": "a", "query": "a"}},
    "alarms": {
        "a": {"severity": "critical", "when": {"metric": "a", "level": "a"}},
        "hot": {"severity": "info", "notify": [], "when": {"metric": "b", "above": 1}},
    },
}
DURATIONS = (
    "10s",
    "90s",
    "1m",
    "5m",
    "10m",
    "1h",
    "1 day",
    "9 weeks",
    "0m",
    "0.5 hours",
    "${p}",
    "$${x}",
)
WORDS: dict[str, tuple[Any, ...]] = {
    "line": TEXTS,
    "prose": (*TEXTS, "a\nb", "a\n\n${p}\n"),
    "name": NAMES,
    "identifier": IDENTIFIERS,
    "slug": ("prod", "dev", "prod", "dev", "critical", "info", "x"),
    "valueName": ("v", "n", "v", "n", "list"),
    "reference": REFERENCES,
    "region": ("eu-west-1", "us-east-1", "eu-nowhere-9"),
    "account": ("111122223333", "${p}"),
    "duration": DURATIONS,
    "quantity": QUANTITIES,
    "statistic": ("Average", "Sum", "p99", "TM(10%:90%)", "PR(:300)", "${p}"),
    "url": ("https://example.com/", "${v}", "${p}"),
    "color": ("#ff0000",),
    "fieldName": ("level", "a.b"),
    "timestamp": ("2026-11-24T10:00",),
    "tagKey": ("a", "a b"),
    "variableId": ("a", "b-1"),
    "boolean": (True, False, "${p}"),
    "severity": ("critical", "warning", "info", "${v}"),
}
"""What is drawn for a definition of the schema."""
TITLED: dict[str, tuple[Any, ...]] = {
    "Naming pattern": (
        "${environment}-${name}",
        "${name}",
        "${service} ${name}",
        "x",
        "${v}-${name}",
    ),
    "Retention": ("30 days", "never", "10 days", "1w"),
    "Schedule": ("cron(0 2 * * *)", "at(2026-11-24T10:00)"),
    "Start": ("3h", "7 days", "0m", "2026-11-24T10:00:00Z", "${p}"),
    "End": ("2026-11-24T12:00:00Z",),
    "Time zone": ("+0100",),
    "Data points": ("1 of 1", "2 of 3", "3 of 2", "1 of 99999", "${p}"),
    "Path": (
        "/",
        "/a/${v}",
        "alarms.a.when.level",
        "metrics.a",
        "logs.a.retention",
        "values.v",
        "alarms.hot.only",
    ),
    "Dimension name": ("A", "B C", "${v}"),
    "Stack export": ("a", "a-${v}"),
    "Only in": (*[["prod"], ["dev"], ["dev", "prod"]] * 3, ["prd"]),
    "For each": (*[{"q": ["a"]}] * 5, {"q": ["a", "b"]}, {"q": "${list}"}, {"q": "${map}"}),
    "Value": (1, "$.a", "x", "${p}"),
}
"""What is drawn for a setting of its own kind."""


def one_of(draw: st.DrawFn, choices: tuple[Any, ...] | list[Any]) -> Any:
    """One of several things."""
    return choices[draw(st.integers(0, len(choices) - 1))]


def draw_node(draw: st.DrawFn, schema: dict[str, Any], depth: int) -> Any:
    """Something that has the shape of a schema, more or less."""
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    choices = WORDS.get(name) or schema.get("enum")
    if name != "timestamp" and schema.get("title") in TITLED:
        choices = TITLED[schema["title"]]
    if not choices and "const" in schema:
        choices = [schema["const"]]
    if choices:
        return one_of(draw, choices)
    if name:
        return draw_node(draw, DEFINITIONS[name], depth)
    if "properties" not in schema and ("anyOf" in schema or "oneOf" in schema):
        return draw_node(draw, one_of(draw, schema.get("anyOf") or schema["oneOf"]), depth)
    kinds = schema.get("type", "string")
    return DRAW[kinds if isinstance(kinds, str) else one_of(draw, kinds)](draw, schema, depth)


def draw_list(draw: st.DrawFn, schema: dict[str, Any], depth: int) -> list[Any]:
    """A short list."""
    count = draw(st.integers(schema.get("minItems", 0), 3))
    items = schema.get("items", {"$ref": "#/$defs/line"})
    return [draw_node(draw, items, depth + 1) for _ in range(count)]


def draw_integer(draw: st.DrawFn, schema: dict[str, Any], _depth: int) -> int:
    """A whole number within its bounds."""
    low, high = schema.get("minimum", 1), schema.get("maximum", 120)
    return draw(st.integers(low, high)) * int(schema.get("multipleOf", 1))


def draw_mapping(draw: st.DrawFn, schema: dict[str, Any], depth: int) -> dict[str, Any]:
    """A mapping with the keys it needs and some of those it may have."""
    known = schema.get("properties", {})
    groups = [part["oneOf"] for part in (schema, *schema.get("allOf", ())) if "oneOf" in part]
    alternatives = {key for group in groups for one in group for key in one.get("required", ())}
    wanted = [*schema.get("required", ())]
    for group in groups:
        wanted.extend(one_of(draw, group).get("required", ()))
    further = [key for key in known if key not in alternatives and key not in wanted]
    if further:
        count = draw(st.integers(0, 3 if depth < 5 else 1))
        wanted.extend(one_of(draw, further) for _ in range(count))
    for key, needed in schema.get("dependentRequired", {}).items():
        if key in wanted and not set(needed) <= set(wanted):
            wanted.remove(key)
    made = {}
    for key in wanted:
        made[key] = draw_node(draw, known[key], depth + 1)
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict):
        for _ in range(draw(st.integers(schema.get("minProperties", 0), 3))):
            name = draw_node(draw, schema.get("propertyNames", {"$ref": "#/$defs/name"}), depth)
            made[name] = draw_node(draw, inner, depth + 1)
    elif not known:
        keys = schema.get("propertyNames", {"$ref": "#/$defs/line"})
        values = (*TEXTS, *NUMBERS, None, ["a"], {"only": ["prod"]})
        made = {draw_node(draw, keys, depth): one_of(draw, values)}
    return made


DRAW: dict[str, Callable[[st.DrawFn, dict[str, Any], int], Any]] = {
    "object": draw_mapping,
    "array": draw_list,
    "integer": draw_integer,
    "boolean": lambda draw, _schema, _depth: draw(st.booleans()),
    "number": lambda draw, _schema, _depth: one_of(draw, NUMBERS),
    "string": lambda draw, _schema, _depth: one_of(draw, TEXTS),
}


@st.composite
def specs(draw: st.DrawFn, sections: tuple[str, ...]) -> dict[str, Any]:
    """A spec with some of these sections."""
    spec = deepcopy(HEAD)
    for section in sections:
        if section in {"version", "service", "environments", "include"} or not draw(st.booleans()):
            continue
        node = draw_node(draw, SCHEMA["properties"][section], 0)
        if isinstance(spec.get(section), dict) and isinstance(node, dict):
            spec[section].update(node)
        else:
            spec[section] = node
    return spec


def check_outcome(compiled: CompiledSpec) -> None:
    """Findings came out, each in a place, and templates only if there are no errors."""
    assert all(isinstance(one, Diagnostic) for one in compiled.diagnostics)
    for one in compiled.diagnostics:
        assert one.message
        assert one.location is not None
        assert one.location.line >= 1
    for template in compiled.templates:
        assert template.text.startswith("# Made by watchspec")


@pytest.mark.slow
@pytest.mark.parametrize("sections", SECTIONS)
def test_no_spec_ends_in_an_exception(sections: str, tmp_path: Path) -> None:
    @examples(150)
    @given(specs(SECTIONS[sections]))
    def compile_one(spec: dict[str, Any]) -> None:
        check_outcome(compile_text(json.dumps(spec, ensure_ascii=False), tmp_path))

    compile_one()


@cache
def maximal() -> Any:
    """The spec that uses every word of the language, as data."""
    documents = load_spec(str(ROOT / "tests" / "validate" / "maximal.yaml")).value
    assert documents is not None
    data = json.loads(json.dumps(documents[0].root))
    del data["include"]
    return data


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in the data."""
    found = [path] if path else []
    if isinstance(node, dict):
        for key, value in node.items():
            found.extend(places(value, (*path, key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            found.extend(places(value, (*path, index)))
    return found


ANYTHING: tuple[Any, ...] = (
    *TEXTS,
    *NUMBERS,
    None,
    True,
    False,
    [],
    {},
    ["a"],
    {"a": "b"},
    {"Ref": "a"},
    [[]],
    [{}],
)


@pytest.mark.slow
@pytest.mark.parametrize("changes", [1, 3])
def test_no_change_of_a_spec_ends_in_an_exception(changes: int, tmp_path: Path) -> None:
    paths = places(maximal())
    change = st.tuples(st.sampled_from(paths), st.sampled_from(ANYTHING))

    @examples(120)
    @given(st.lists(change, min_size=changes, max_size=changes))
    def compile_changed(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
        data = deepcopy(maximal())
        for path, value in changes:
            node = data
            try:
                for step in path[:-1]:
                    node = node[step]
                node[path[-1]] = deepcopy(value)
            except (KeyError, IndexError, TypeError):
                continue  # an earlier change took this place away

        check_outcome(compile_text(json.dumps(data, ensure_ascii=False), tmp_path))

    compile_changed()


# --- rules of composite alarms

TOKENS = (
    "ALARM", "OK", "INSUFFICIENT_DATA", "AT_LEAST", "NOT", "AND", "OR", "TRUE", "FALSE", "(", ")", ",", "%", "1", "50",
    "a", "b-c", '"a b"', '"a\\"b"', '"', "ALARM(a)", "OK(b)", " ", "\n", "\\", "é", "\x00", "not", "AT_LEAST(2, ALARM, (a, b))",
)  # fmt: skip
BARE = st.text(
    st.characters(codec="utf-8", exclude_characters='(),"\\', exclude_categories=["Z", "C"]),
    min_size=1,
    max_size=12,
)
STATES = st.sampled_from(["ALARM", "OK", "INSUFFICIENT_DATA"])


def quote(name: str) -> str:
    """A name in quotes."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


NAMED = st.one_of(BARE, st.text(max_size=12).map(quote))
SIMPLE = st.one_of(
    st.builds("{}({})".format, STATES, NAMED),
    st.sampled_from(["TRUE", "FALSE"]),
    st.builds(
        "AT_LEAST({}{}, {}{}, ({}))".format,
        st.integers(0, 10**6),
        st.sampled_from(["", "%"]),
        st.sampled_from(["", "NOT "]),
        STATES,
        st.lists(NAMED, min_size=1, max_size=4).map(", ".join),
    ),
)
RULES = st.recursive(
    SIMPLE,
    lambda rule: st.one_of(
        st.builds("NOT {}".format, rule),
        st.builds("({})".format, rule),
        st.builds("{} AND {}".format, rule, rule),
        st.builds("({}) OR {}".format, rule, rule),
    ),
    max_leaves=12,
)


@pytest.mark.slow
@examples(400)
@given(st.text())
def test_no_text_ends_the_rule_parser_in_an_exception(text: str) -> None:
    outcome = parse_alarm_rule(text)

    assert isinstance(outcome, Problem) or list(states_in(outcome)) is not None


@pytest.mark.slow
@examples(500)
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_no_words_in_any_order_end_the_rule_parser_in_an_exception(text: str) -> None:
    outcome = parse_alarm_rule(text)

    if isinstance(outcome, Problem):
        assert outcome.message
        assert 0 <= outcome.offset <= len(text)
    else:
        assert all(0 <= state.offset < len(text) for state in states_in(outcome))


def meaning(term: RuleTerm) -> str:
    """A rule without the places of its names."""
    return write_rule(term, {state.alarm: state.alarm for state in states_in(term)})


@pytest.mark.slow
@examples(500)
@given(RULES)
def test_a_rule_that_is_right_is_read_and_means_the_same_when_written_again(rule: str) -> None:
    term = parse_alarm_rule(rule)

    assert not isinstance(term, Problem), term
    written = meaning(term)
    again = parse_alarm_rule(written)
    assert not isinstance(again, Problem), again
    assert meaning(again) == written
