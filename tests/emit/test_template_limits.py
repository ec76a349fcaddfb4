"""What CloudFormation takes in one template, at the limit and on both sides of it.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
(read 2026-11-24)
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emit.deployment import read_body
from support import HEAD, compile_text, marked_text, only_error
from watchspec.diagnostics import Severity
from watchspec.model.compiled import CompiledSpec


@pytest.mark.parametrize("count", [499, 500])
def test_stack_of_as_many_resources_as_there_may_be_is_emitted(count: int, tmp_path: Path) -> None:
    compiled = compile_text(spec_of_logs(count), tmp_path)

    assert len(read_body(compiled.templates[0])["Resources"]) == count


def test_resource_too_many_is_an_error_that_says_what_fills_the_stack(tmp_path: Path) -> None:
    alarms = "alarms: {cpu: {severity: info, when: {metric: Shop/Web Cpu, above: 1}}}\n"

    compiled = compile_text(spec_of_logs(500) + alarms, tmp_path)

    error = only_error(compiled, "template/too-large")
    assert error.message == "stack prod-shop has 501 resources; 500 are the most"
    assert error.help == "split the spec into two services; it holds 500 x LogGroup, 1 x Alarm"
    assert marked_text(error) == "service"
    assert compiled.templates == ()


@pytest.mark.parametrize("count", [199, 200])
def test_stack_of_as_many_parameters_as_there_may_be_is_emitted(count: int, tmp_path: Path) -> None:
    compiled = compile_text(spec_of_parameters(count), tmp_path)

    assert len(read_body(compiled.templates[0])["Parameters"]) == count


def test_parameter_too_many_is_an_error(tmp_path: Path) -> None:
    compiled = compile_text(spec_of_parameters(201), tmp_path)

    error = only_error(compiled, "template/too-large")
    assert error.message == "stack prod-shop has 201 parameters; 200 are the most"


@pytest.mark.parametrize("count", [199, 200])
def test_stack_of_as_many_outputs_as_there_may_be_is_emitted(count: int, tmp_path: Path) -> None:
    compiled = compile_text(spec_of_dashboards(count), tmp_path)

    assert len(read_body(compiled.templates[0])["Outputs"]) == count


def test_output_too_many_is_an_error(tmp_path: Path) -> None:
    compiled = compile_text(spec_of_dashboards(201), tmp_path)

    error = only_error(compiled, "template/too-large")
    assert error.message == "stack prod-shop has 201 outputs; 200 are the most"
    assert error.help.endswith("it holds 201 x Dashboard")


@pytest.mark.parametrize("size", [51_199, 51_200])
def test_template_that_needs_no_bucket_gets_no_note(size: int, tmp_path: Path) -> None:
    compiled = compile_to_size(size, tmp_path)

    assert len(compiled.templates[0].text.encode()) == size
    assert compiled.diagnostics == ()


@pytest.mark.parametrize("size", [51_201, 999_999, 1_000_000])
def test_larger_template_is_emitted_with_a_note_that_it_needs_a_bucket(
    size: int, tmp_path: Path
) -> None:
    compiled = compile_to_size(size, tmp_path)

    (note,) = compiled.diagnostics
    assert len(compiled.templates[0].text.encode()) == size
    assert (note.rule, note.severity) == ("template/needs-bucket", Severity.NOTE)
    assert f"{size:,} bytes" in note.message
    assert "--bucket" in note.help


def test_template_of_more_than_a_million_bytes_is_an_error(tmp_path: Path) -> None:
    compiled = compile_to_size(1_000_001, tmp_path)

    error = only_error(compiled, "template/too-large")
    assert error.message == "stack prod-shop has 1,000,001 bytes; 1,000,000 are the most"
    assert [one.rule for one in compiled.diagnostics] == ["template/too-large"]


def test_size_is_counted_in_bytes_not_in_characters(tmp_path: Path) -> None:
    plain = compile_text(spec_of_text("e" * 40_000), tmp_path)
    accented = compile_text(spec_of_text("é" * 40_000), tmp_path)

    assert plain.diagnostics == ()
    assert [one.rule for one in accented.diagnostics] == ["template/needs-bucket"]


@pytest.mark.parametrize("size", [1_023, 1_024])
@pytest.mark.parametrize("character", ["e", "é"])
def test_description_of_up_to_1024_bytes_is_kept_whole(
    character: str, size: int, tmp_path: Path
) -> None:
    compiled = compile_text(spec_of_description(character, size), tmp_path)

    assert len(read_body(compiled.templates[0])["Description"].encode()) == size


@pytest.mark.parametrize("character", ["e", "é"])
def test_longer_description_is_an_error(character: str, tmp_path: Path) -> None:
    compiled = compile_text(spec_of_description(character, 1_025), tmp_path)

    error = only_error(compiled, "template/too-large")
    assert error.message == (
        "stack prod-shop has 1,025 bytes in its description; 1,024 are the most"
    )
    assert error.help == "shorten the description of the spec"


def test_alarm_of_120_kilobytes_is_emitted_and_a_larger_one_is_an_error(tmp_path: Path) -> None:
    size = size_of_alarm(compile_text(spec_of_large_alarm(20_000), tmp_path))
    last_that_fits = 20_000 + 120 * 1024 - size

    fitting = compile_text(spec_of_large_alarm(last_that_fits), tmp_path)
    larger = compile_text(spec_of_large_alarm(last_that_fits + 1), tmp_path)

    assert size_of_alarm(fitting) == 122_880
    error = only_error(larger, "template/too-large")
    assert error.message == "the alarm has 122,881 bytes; 122,880 are the most"
    assert marked_text(error) == "large"


def test_every_stack_is_measured_by_itself(tmp_path: Path) -> None:
    alarms = "".join(
        f"  cost-{index}: {{severity: info, when: {{metric: AWS/Billing EstimatedCharges,"
        f" dimensions: {{Currency: USD}}, above: {index}}}}}\n"
        for index in range(300)
    )

    compiled = compile_text(f"{spec_of_logs(300)}alarms:\n{alarms}", tmp_path)

    assert [len(read_body(one)["Resources"]) for one in compiled.templates] == [300, 300]


def spec_of_logs(count: int) -> str:
    logs = "".join(
        f"  log-a{index}: {{group: /shop/{index}, retention: 1 day}}\n" for index in range(count)
    )
    return f"{HEAD}logs:\n{logs}"


def spec_of_parameters(count: int) -> str:
    parameters = "".join(f"  p{index}: {{default: x}}\n" for index in range(count))
    texts = " ".join(f"${{p{index}}}" for index in range(count))
    return f"{HEAD}parameters:\n{parameters}dashboards: {{web: {{rows: [{{text: '{texts}'}}]}}}}\n"


def spec_of_dashboards(count: int) -> str:
    dashboards = "".join(
        f"  d{index}: {{header: false, rows: [{{text: x}}]}}\n" for index in range(count)
    )
    return f"{HEAD}dashboards:\n{dashboards}"


def spec_of_text(text: str) -> str:
    return f"{HEAD}dashboards: {{web: {{header: false, rows: [{{text: {text}}}]}}}}\n"


def compile_to_size(size: int, folder: Path) -> CompiledSpec:
    """A spec whose only template has so many bytes."""
    (stack,) = compile_text(spec_of_text("x" * 1_000), folder).templates
    return compile_text(spec_of_text("x" * (1_000 + size - len(stack.text.encode()))), folder)


def spec_of_description(character: str, size: int) -> str:
    """A spec with a description of so many bytes, in its template."""
    room = size - len("Monitoring of shop in prod: ")
    width = len(character.encode())
    text = "x" * (room % width) + character * (room // width)
    return f"{HEAD}description: {text}\nlogs: {{a: {{group: /a, retention: 1 day}}}}\n"


def spec_of_large_alarm(characters: int) -> str:
    """A spec with an alarm on four metrics; the dimensions of one have so many characters."""
    full = {f"D{index}": "x" * 1_000 for index in range(30)}
    filled = {f"D{index}": "x" * len(range(index, characters, 30)) for index in range(30)}
    metrics = {
        name: {"metric": f"Shop/Web {name.upper()}", "dimensions": dimensions}
        for name, dimensions in {"a": full, "b": full, "c": full, "d": filled}.items()
    }
    return (
        f"{HEAD}metrics: {json.dumps(metrics)}\n"
        "alarms:\n  large: {severity: info, when: {expression: a + b + c + d, above: 1}}\n"
    )


def size_of_alarm(compiled: CompiledSpec) -> int:
    """The bytes of the alarm as JSON."""
    alarm = read_body(compiled.templates[0])["Resources"]["AlarmLarge"]["Properties"]
    return len(json.dumps(alarm).encode())
