"""What an unquoted value is read as, and which are refused because they read two ways."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, ROOT, compile_text, errors, marked_text, only_error, template
from watchspec.load import load_spec

HOSTILE = ROOT / "tests" / "data" / "hostile"
AMBIGUOUS = "yaml/ambiguous-scalar"
BAD = "yaml/bad-number"

READ_AS: list[tuple[str, object]] = [
    # Words: true and false are what YAML 1.2 calls so, everything else is text.
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("yes", "yes"),
    ("no", "no"),
    ("No", "No"),
    ("NO", "NO"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("n", "n"),
    ("tRUE", "tRUE"),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("~", None),
    ("", None),
    ("nil", "nil"),
    ("none", "none"),
    # Whole numbers.
    ("0", 0),
    ("7", 7),
    ("-7", -7),
    ("123456789012", 123456789012),
    ("9007199254740992", 2**53),
    ("-9007199254740992", -(2**53)),
    # Numbers with a point or an exponent.
    ("0.5", 0.5),
    ("-0.25", -0.25),
    ("0.0000001", 1e-7),
    ("1000.0", 1000.0),
    ("0.0", 0.0),
    # Text that only begins like a number.
    ("2024-01-02", "2024-01-02"),
    ("2024-13-45", "2024-13-45"),
    ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
    ("1.2.3", "1.2.3"),
    ("10.0.0.1", "10.0.0.1"),
    ("70%", "70%"),
    ("10m", "10m"),
    ("1e", "1e"),
    ("e3", "e3"),
    ("1:99", "1:99"),
    ("12:34:xx", "12:34:xx"),
    ("+", "+"),
    (".", "."),
    ("..", ".."),
    ("inf", "inf"),
    ("nan", "nan"),
    ("NaN", "NaN"),
    ("Infinity", "Infinity"),
    ("0x", "0x"),
    ("0xG", "0xG"),
    ("0o9", "0o9"),
    ("_1", "_1"),
    ("1st", "1st"),
    ("=", "="),
    ("\u0661\u0662", "\u0661\u0662"),
]

REFUSED = [
    ("22:22", AMBIGUOUS),
    ("1:30", AMBIGUOUS),
    ("190:20:30", AMBIGUOUS),
    ("1:59.5", AMBIGUOUS),
    ("-1:30", AMBIGUOUS),
    ("0777", AMBIGUOUS),
    ("0123", AMBIGUOUS),
    ("-0123", AMBIGUOUS),
    ("000123456701", AMBIGUOUS),
    ("00", AMBIGUOUS),
    ("089", AMBIGUOUS),
    ("00.5", AMBIGUOUS),
    ("01e3", AMBIGUOUS),
    ("0o17", AMBIGUOUS),
    ("0O17", AMBIGUOUS),
    ("0x1F", AMBIGUOUS),
    ("0XFF", AMBIGUOUS),
    ("-0x1F", AMBIGUOUS),
    ("0b11", AMBIGUOUS),
    ("0B11", AMBIGUOUS),
    ("1_000", AMBIGUOUS),
    ("1_000.5", AMBIGUOUS),
    ("1_", AMBIGUOUS),
    ("+7", AMBIGUOUS),
    ("+4915112345678", AMBIGUOUS),
    ("1.10", AMBIGUOUS),
    ("0.50", AMBIGUOUS),
    (".5", AMBIGUOUS),
    ("5.", AMBIGUOUS),
    ("+.5", AMBIGUOUS),
    ("1e3", AMBIGUOUS),
    ("1E3", AMBIGUOUS),
    ("1e+3", AMBIGUOUS),
    ("1.5e-3", AMBIGUOUS),
    ("0.12345678901234567890", AMBIGUOUS),
    (".inf", BAD),
    (".Inf", BAD),
    ("+.inf", BAD),
    ("-.INF", BAD),
    (".nan", BAD),
    (".NaN", BAD),
    ("1e400", BAD),
    ("-1e400", BAD),
    ("1e16", BAD),
    ("-0", BAD),
    ("-0.0", BAD),
    ("-0e5", BAD),
    ("9007199254740993", BAD),
    ("-9007199254740993", BAD),
    ("99999999999999999999", BAD),
]


def read(text: str, folder: Path) -> object:
    """What the loader makes of an unquoted value."""
    path = folder / "spec.yaml"
    path.write_text(f"a: {text}\n", encoding="utf-8")
    outcome = load_spec(str(path))
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value[0].root["a"]


@pytest.mark.parametrize(("text", "value"), READ_AS, ids=[text for text, _ in READ_AS])
def test_an_unquoted_value_is_read_as_yaml_1_2_has_it(
    text: str, value: object, tmp_path: Path
) -> None:
    found = read(text, tmp_path)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "rule"), REFUSED, ids=[text for text, _ in REFUSED])
def test_an_unquoted_value_that_reads_two_ways_is_refused(
    text: str, rule: str, tmp_path: Path
) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(f"a: [1, {text}]\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is None
    assert [one.rule for one in outcome.diagnostics] == [rule]
    assert marked_text(outcome.diagnostics[0]) == text


@pytest.mark.parametrize("text", [text for text, _ in (*READ_AS, *REFUSED)])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quoted_value_is_text_whatever_it_looks_like(
    text: str, quote: str, tmp_path: Path
) -> None:
    assert read(f"{quote}{text}{quote}", tmp_path) == text


@pytest.mark.parametrize("text", ["0777", ".inf", "1e400", "true", "null", "12"])
def test_a_block_of_text_is_text_whatever_it_looks_like(text: str, tmp_path: Path) -> None:
    assert read(f"|-\n  {text}", tmp_path) == text


@pytest.mark.parametrize("text", ["1e-400", "9007199254740993.0", "9007199254740991.5"])
def test_a_number_is_never_silently_another_number(text: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(f"a: {text}\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert [one.rule for one in outcome.diagnostics] == [BAD]


def test_an_account_id_with_leading_zeros_is_refused_and_keeps_them_in_quotes(
    tmp_path: Path,
) -> None:
    logs = "logs: {backend: {group: /shop, retention: 30 days}}\ntags: {account: '${account}'}\n"
    unquoted = HEAD.replace("eu-west-1", "eu-west-1, account: 000123456701") + logs
    quoted = HEAD.replace("eu-west-1", 'eu-west-1, account: "000123456701"') + logs

    refused = only_error(compile_text(unquoted, tmp_path), AMBIGUOUS)
    body = template(compile_text(quoted, tmp_path))

    assert refused.help == 'quote it ("000123456701") or write a plain decimal number'
    tags = body["Resources"]["LogBackend"]["Properties"]["Tags"]
    assert {"Key": "account", "Value": "000123456701"} in tags


def test_a_plain_account_id_is_asked_for_in_quotes(tmp_path: Path) -> None:
    text = HEAD.replace("eu-west-1", "eu-west-1, account: 111122223333")

    found = only_error(compile_text(text, tmp_path), "spec/wrong-type")

    assert found.help == "put it in quotes"
    assert marked_text(found) == "111122223333"


@pytest.mark.parametrize(
    "name",
    [
        "badbool.yaml",
        "baddate.yaml",
        "badfloat.yaml",
        "badint.yaml",
        "badts.yaml",
        "bigint.yaml",
        "hexbig.yaml",
        "sexa.yaml",
    ],
)
def test_scalars_that_crash_constructors_are_findings_or_text(name: str) -> None:
    outcome = load_spec(str(HOSTILE / name))

    words = " ".join(f"{one.message} {one.help}" for one in outcome.diagnostics)
    assert (outcome.value is None) is (name != "baddate.yaml")
    assert len(outcome.diagnostics) == (name != "baddate.yaml")
    assert len(words) < 400
    for python in ("object has no", "invalid literal", "Error", "int()", "class"):
        assert python not in words


NUMERIC_FIELDS = {
    "a threshold": "alarms: {hot: {severity: info, notify: [], when: {metric: cpu, above: %s}}}",
    "a level": "tags: {}\nmetrics: {cpu2: {metric: Shop Cpu, levels: {high: %s}}}",
    "a width": "dashboards: {main: {rows: [{graph: cpu, width: %s}]}}",
    "an axis": "dashboards: {main: {rows: [{graph: cpu, left: {min: %s}}]}}",
    "an annotation": "dashboards: {main: {rows: [{graph: cpu, annotations: [{at: %s}]}]}}",
    "a default": "logs: {a: {group: x, retention: never, metrics: {m: {pattern: x, default: %s}}}}",
    "a value": "values: {limit: %s}\ntags: {limit: '${limit}'}",
    "a parameter": "parameters: {limit: {default: %s}}\ntags: {limit: '${limit}'}",
    "a property": "logs: {a: {group: x, retention: never, properties: {FieldIndexPolicies: [%s]}}}",
    "a pattern": "events: {e: {severity: info, notify: [], pattern: {detail: {n: [%s]}}}}",
    "a raw widget": "dashboards: {main: {rows: [{raw: {type: text, properties: {n: %s}}}]}}",
}


@pytest.mark.parametrize("number", [".nan", ".inf", "-.inf", "1e400", "-0.0", "9007199254740993"])
@pytest.mark.parametrize("field", NUMERIC_FIELDS)
def test_a_number_no_template_can_hold_is_refused_in_every_numeric_field(
    field: str, number: str, tmp_path: Path
) -> None:
    text = HEAD + NUMERIC_FIELDS[field] % number

    found = only_error(compile_text(text, tmp_path), BAD)

    assert marked_text(found) == number


def test_a_template_says_numbers_as_the_author_did(tmp_path: Path) -> None:
    text = HEAD + (
        "logs:\n"
        "  backend:\n"
        "    group: /shop\n"
        "    retention: never\n"
        "    properties: {FieldIndexPolicies: [{a: 9007199254740992, b: 0.5, c: -7}]}\n"
    )

    body = template(compile_text(text, tmp_path))

    policies = body["Resources"]["LogBackend"]["Properties"]["FieldIndexPolicies"]
    assert json.dumps(policies) == '[{"a": 9007199254740992, "b": 0.5, "c": -7}]'


def test_words_for_yes_and_no_are_refused_where_true_or_false_is_wanted(tmp_path: Path) -> None:
    spec = "metrics: {cpu: {metric: Shop Cpu}}\nalarms: {hot: {severity: info, notify: [], when: {metric: cpu, above: 1}, enabled: %s}}"
    for word, meant in (("no", "false"), ("off", "false"), ("yes", "true"), ("ON", "true")):
        found = only_error(compile_text(HEAD + spec % word, tmp_path), "spec/wrong-type")

        assert found.help == f"write {meant}"
        assert marked_text(found) == word


def test_no_is_text_where_text_is_wanted(tmp_path: Path) -> None:
    text = HEAD + "logs: {a: {group: x, retention: never}}\ntags: {country: no}\n"

    body = template(compile_text(text, tmp_path))

    assert {"Key": "country", "Value": "no"} in body["Resources"]["LogA"]["Properties"]["Tags"]
    assert errors(compile_text(text, tmp_path)) == []
