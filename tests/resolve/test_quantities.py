from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

ALARM = """\
alarms:
  hot:
    severity: info
    when: {metric: Shop A, unit: @unit, above: @written}
"""

TAKEN: list[tuple[str | float, str, float]] = [
    # percentages
    ("70%", "Percent", 70),
    ("70 %", "Percent", 70),
    ("0.5%", "Percent", 0.5),
    (".5%", "Percent", 0.5),
    ("-3%", "Percent", -3),
    ("+3%", "Percent", 3),
    ("0%", "Percent", 0),
    (70, "Percent", 70),
    (70.0, "Percent", 70),
    ("70", "Percent", 70),
    # amounts of data: kB, MB … are powers of 1000, KiB, MiB … of 1024
    ("1 B", "Bytes", 1),
    ("1 kB", "Bytes", 1_000),
    ("1 KB", "Bytes", 1_000),
    ("1 KiB", "Bytes", 1_024),
    ("2 GB", "Bytes", 2_000_000_000),
    ("2 GiB", "Bytes", 2_147_483_648),
    ("2GiB", "Bytes", 2_147_483_648),
    ("1.5 GiB", "Bytes", 1_610_612_736),
    ("1 TB", "Bytes", 1_000_000_000_000),
    ("1 TiB", "Bytes", 1_099_511_627_776),
    ("1 PB", "Terabytes", 1_000),
    ("1 PiB", "Terabytes", 1_125.89990684262),
    ("50 GB", "Gigabytes", 50),
    ("512 MB", "Gigabytes", 0.512),
    ("512 MiB", "Megabytes", 536.870912),
    ("3 MB", "Kilobytes", 3_000),
    ("1,024 B", "Bytes", 1_024),
    ("1,048,576 B", "Bytes", 1_048_576),
    (10_737_418_240, "Bytes", 10_737_418_240),
    # times
    ("50 ms", "Milliseconds", 50),
    ("50 ms", "Seconds", 0.05),
    ("50 ms", "Microseconds", 50_000),
    ("250 us", "Milliseconds", 0.25),
    ("2s", "Milliseconds", 2_000),
    ("2 sec", "Seconds", 2),
    ("1 second", "Seconds", 1),
    ("90 seconds", "Seconds", 90),
    ("5m", "Seconds", 300),
    ("5 min", "Seconds", 300),
    ("1 minute", "Seconds", 60),
    ("2 minutes", "Milliseconds", 120_000),
    ("2h", "Seconds", 7_200),
    ("1 hour", "Seconds", 3_600),
    ("1.5 hours", "Seconds", 5_400),
    ("1d", "Seconds", 86_400),
    ("3 days", "Seconds", 259_200),
    ("1w", "Seconds", 604_800),
    ("2 weeks", "Seconds", 1_209_600),
    # rates
    ("10 MB/s", "Bytes/Second", 10_000_000),
    ("10 MiB/s", "Bytes/Second", 10_485_760),
    ("1 GB/s", "Megabytes/Second", 1_000),
    ("500/s", "Count/Second", 500),
    ("1,000/s", "Count/Second", 1_000),
    (500, "Count/Second", 500),
    # plain numbers
    ("1,000", "Count", 1_000),
    ("1,000,000", "Count", 1_000_000),
    ("1000000", "Count", 1_000_000),
    ("1.25", "Count", 1.25),
    ("-1", "Count", -1),
    (0, "Count", 0),
    (1e3, "Count", 1_000),
    (0.1, "Count", 0.1),
    # money, which CloudWatch has no unit for
    ("$60", "None", 60),
    ("$ 60", "None", 60),
    ("$1,250.50", "None", 1_250.5),
    ("60 USD", "None", 60),
    ("$0", "None", 0),
    ("60", "None", 60),
    # bits have no words of their own
    (8_000, "Bits/Second", 8_000),
]

REFUSED: list[tuple[str, str, str]] = [
    ("many", "Percent", "quantity/malformed"),
    ("70 percent", "Percent", "quantity/malformed"),
    ("70 %%", "Percent", "quantity/malformed"),
    ("7O%", "Percent", "quantity/malformed"),
    ("70% of it", "Percent", "quantity/malformed"),
    ("%", "Percent", "quantity/malformed"),
    ("1e3", "Count", "quantity/malformed"),
    ("1.2.3", "Count", "quantity/malformed"),
    ("5.", "Count", "quantity/malformed"),
    ("٣%", "Percent", "quantity/malformed"),
    ("1_000", "Count", "quantity/malformed"),
    ("1 000", "Count", "quantity/malformed"),
    ("> 70%", "Percent", "quantity/malformed"),
    ("2 gb", "Bytes", "quantity/malformed"),
    ("2 Gib", "Bytes", "quantity/malformed"),
    ("10 Mbit/s", "Bits/Second", "quantity/malformed"),
    ("€60", "None", "quantity/malformed"),
    ("50 ms", "Percent", "quantity/wrong-kind"),
    ("70%", "Bytes", "quantity/wrong-kind"),
    ("2 GB", "Seconds", "quantity/wrong-kind"),
    ("2 GB", "Bytes/Second", "quantity/wrong-kind"),
    ("2 GB/s", "Bytes", "quantity/wrong-kind"),
    ("5/s", "Count", "quantity/wrong-kind"),
    ("10 MB/s", "Bits/Second", "quantity/wrong-kind"),
    ("$60", "Count", "quantity/wrong-kind"),
    ("60 USD", "Percent", "quantity/wrong-kind"),
    ("70%", "None", "quantity/unknown-unit"),
    ("50 ms", "None", "quantity/unknown-unit"),
]

MEANT_OTHERWISE = {
    "a decimal comma": ("1,5%", "Percent"),
    "a decimal comma behind a thousand": ("1,000,5", "Count"),
    "two commas": ("1,,000", "Count"),
    "a comma at the end": ("1,000,", "Count"),
    "millions of dollars": ("$5m", "None"),
    "dollars and a percentage": ("$60%", "None"),
    "dollars a second": ("$60/s", "None"),
    "dollars of data": ("$2 GB", "None"),
}


def spec(written: str | float, unit: str) -> str:
    """A spec with one alarm on a metric in that unit."""
    return HEAD + ALARM.replace("@unit", unit).replace(
        "@written", json.dumps(written, ensure_ascii=False)
    )


@pytest.mark.parametrize(("written", "unit", "value"), TAKEN)
def test_a_quantity_is_converted_to_the_unit_of_the_metric(
    written: str | float, unit: str, value: float, tmp_path: Path
) -> None:
    alarm = resource(template(compile_text(spec(written, unit), tmp_path)), "AlarmHot")

    assert alarm["Threshold"] == value
    assert isinstance(alarm["Threshold"], int) == isinstance(value, int)


@pytest.mark.parametrize(("written", "unit", "rule"), REFUSED)
def test_a_quantity_that_cannot_be_meant_is_an_error(
    written: str, unit: str, rule: str, tmp_path: Path
) -> None:
    error = only_error(compile_text(spec(written, unit), tmp_path), rule)

    assert f'"{written}"' in error.message or "is not a unit" in error.message
    assert written in marked_text(error)


@pytest.mark.parametrize("case", MEANT_OTHERWISE)
def test_a_quantity_that_would_be_misread_is_an_error(case: str, tmp_path: Path) -> None:
    written, unit = MEANT_OTHERWISE[case]

    error = only_error(compile_text(spec(written, unit), tmp_path), "quantity/malformed")

    assert written in marked_text(error)


@pytest.mark.parametrize("written", ["1" + "0" * 400, "9" * 400 + "%", "1" + "0" * 300 + " PB"])
def test_a_number_beyond_all_bounds_is_an_error(written: str, tmp_path: Path) -> None:
    unit = "Percent" if "%" in written else "Bytes" if "P" in written else "Count"

    error = only_error(compile_text(spec(written, unit), tmp_path), "quantity/malformed")

    assert error.message


def test_a_small_amount_of_a_large_unit_is_not_nothing(tmp_path: Path) -> None:
    alarm = resource(template(compile_text(spec("100 B", "Terabytes"), tmp_path)), "AlarmHot")

    assert alarm["Threshold"] == 1e-10


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2 gb", 'did you mean "GB"?'),
        ("2 Gib", 'did you mean "GiB"?'),
        ("2 minuts", 'did you mean "minutes"?'),
        ("2 MS", 'did you mean "ms"?'),
    ],
)
def test_a_misspelt_unit_gets_a_suggestion(written: str, hint: str, tmp_path: Path) -> None:
    error = only_error(compile_text(spec(written, "Bytes"), tmp_path), "quantity/malformed")

    assert error.hint == hint


def test_a_quantity_of_another_kind_says_what_is_wanted(tmp_path: Path) -> None:
    error = only_error(compile_text(spec("5m", "Bytes/Second"), tmp_path), "quantity/wrong-kind")

    assert error.message == '"5m" is a time, but the metric is in Bytes/Second'
    assert error.help == "write an amount of data a second"


def test_a_quantity_with_a_unit_needs_a_metric_with_one(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop A, levels: {high: '> 5m'}}}\n"

    error = only_error(compile_text(text, tmp_path), "quantity/unknown-unit")

    assert '"unit"' in error.help
    assert marked_text(error) == "'> 5m'"


@pytest.mark.parametrize(
    ("written", "operator", "threshold"),
    [
        ("> 70%", "GreaterThanThreshold", 70),
        (">70%", "GreaterThanThreshold", 70),
        (">= 70%", "GreaterThanOrEqualToThreshold", 70),
        ("< 70%", "LessThanThreshold", 70),
        ("<= 70 %", "LessThanOrEqualToThreshold", 70),
        ("  >  -0.5 ", "GreaterThanThreshold", -0.5),
    ],
)
def test_a_level_is_a_comparison(
    written: str, operator: str, threshold: float, tmp_path: Path
) -> None:
    text = HEAD + f"metrics: {{a: {{metric: Shop A, unit: Percent, levels: {{l: '{written}'}}}}}}\n"
    text += "alarms: {hot: {severity: info, when: {metric: a, level: l}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == (operator, threshold)


@pytest.mark.parametrize("written", [">", "=> 5", "> > 5", "! 5", "== 5", "> ", "5 >"])
def test_a_level_that_compares_nothing_is_an_error(written: str, tmp_path: Path) -> None:
    text = HEAD + f"metrics: {{a: {{metric: Shop A, levels: {{l: '{written}'}}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert written.strip() in marked_text(error)


@pytest.mark.parametrize(
    ("written", "periods"),
    [
        ("60s", 1),
        ("120 sec", 2),
        ("180 seconds", 3),
        ("4m", 4),
        ("5 min", 5),
        ("1 minute", 1),
        ("2 minutes", 2),
        ("1h", 60),
        ("2 hours", 120),
        ("1.5 hours", 90),
        ("0.5h", 30),
        ("1 day", 1_440),
        ("1d", 1_440),
    ],
)
def test_a_duration_counts_periods(written: str, periods: int, tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  hot:\n    severity: info\n"
    text += f"    when: {{metric: Shop A, above: 1, for: {written}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert (alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (periods, periods)


@pytest.mark.parametrize(
    "written", ["10", "ten minutes", "10 m 5 s", "-10m", "10mm", "PT10M", "1,000s"]
)
def test_what_is_no_duration_is_refused_by_its_shape(written: str, tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  hot:\n    severity: info\n"
    text += f"    when: {{metric: Shop A, above: 1, for: '{written}'}}\n"

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"spec/wrong-value"}


@pytest.mark.parametrize("written", ["0m", "0.5s", "0.001 hours"])
def test_a_duration_is_at_least_a_second_and_whole(written: str, tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  hot:\n    severity: info\n"
    text += f"    when: {{metric: Shop A, above: 1, for: {written}}}\n"

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert f'"{written}"' in error.message
    assert marked_text(error) == written


def test_a_literal_reference_is_no_duration(tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  hot:\n    severity: info\n"
    text += "    when: {metric: Shop A, above: 1, for: '$${x}'}\n"

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert '"${x}" is not a duration' in error.message
