"""`compile --check` finds each file that is not what the specs say, and writes nothing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from support import call_watchspec
from write.output_folder import compile_folder, find_drift, read_tree, write_spec

CHECK = ("compile", "--no-lint", "--check")
OUT = "templates/out"


def test_check_writes_nothing_and_says_what_is_missing(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")

    found = find_drift(tmp_path)

    assert found == [
        f'"{OUT}/prod/prod-shop.parameters.json" is missing',
        f'"{OUT}/prod/prod-shop.yaml" is missing',
        f'"{OUT}/prod/stacks.json" is missing',
    ]
    assert not (tmp_path / "templates").exists()


def test_check_of_files_that_are_up_to_date_is_clean(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)

    assert find_drift(tmp_path) == []
    assert compile_folder(tmp_path, "--check") == (0, [])


@pytest.mark.parametrize(
    ("drift", "said"),
    [("edited", "is out of date"), ("deleted", "is missing"), ("line ends", "is out of date")],
)
def test_check_finds_drift_and_leaves_it(tmp_path: Path, drift: str, said: str) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    template = tmp_path / OUT / "prod/prod-shop.yaml"
    if drift == "edited":
        template.write_bytes(template.read_bytes().replace(b"30", b"60"))
    elif drift == "deleted":
        template.unlink()
    else:
        template.write_bytes(template.read_bytes().replace(b"\n", b"\r\n"))
    before = read_tree(tmp_path / "templates")

    found = find_drift(tmp_path)

    assert found == [f'"{OUT}/prod/prod-shop.yaml" {said}']
    assert read_tree(tmp_path / "templates") == before


def test_check_says_which_files_should_be_gone_and_keeps_them(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    before = read_tree(tmp_path / "templates")
    write_spec(tmp_path, "shop", "prod")

    found = find_drift(tmp_path)

    assert found == [
        f'"{OUT}/dev/dev-shop.parameters.json" should be gone: stack dev-shop is gone',
        f'"{OUT}/dev/dev-shop.yaml" should be gone: stack dev-shop is gone',
        f'"{OUT}/dev/stacks.json" should be gone: no stack is left',
    ]
    assert read_tree(tmp_path / "templates") == before


def test_check_of_one_environment_leaves_the_others_out(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")

    found = find_drift(tmp_path, "--env", "dev")

    assert {message.split("/")[2] for message in found} == {"dev"}


def test_check_of_one_spec_leaves_the_others_out(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    write_spec(tmp_path, "till", "prod")
    compile_folder(tmp_path)
    for path in (tmp_path / OUT / "prod").glob("*.yaml"):
        path.unlink()

    found = find_drift(tmp_path, "specs/till.yaml")

    assert found == [f'"{OUT}/prod/prod-till.yaml" is missing']


def test_compilation_after_drift_leaves_none(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    write_spec(tmp_path, "shop", "prod")
    (tmp_path / OUT / "prod/prod-shop.yaml").unlink()
    before = find_drift(tmp_path)

    compile_folder(tmp_path)

    assert len(before) == 4
    assert find_drift(tmp_path) == []


def test_drift_and_what_specs_say_are_told_together(tmp_path: Path) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    spec.write_text(spec.read_text("utf-8") + "values: {unused: 1}\n", "utf-8")

    run = call_watchspec(*CHECK, folder=tmp_path)

    assert run.returncode == 1
    assert "warning[reference/unused-name]: " in run.stdout
    assert run.stdout.endswith("\n3 errors, 1 warning\n")


def test_errors_in_specs_come_before_drift(tmp_path: Path) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    spec.write_text(spec.read_text("utf-8") + "wrong: 1\n", "utf-8")

    run = call_watchspec(*CHECK, folder=tmp_path)

    assert run.returncode == 1
    assert "file/stale" not in run.stdout


def drift_in(folder: Path, form: str) -> str:
    """What is said of one file that was edited and one that is missing."""
    write_spec(folder, "shop", "prod")
    compile_folder(folder)
    (folder / OUT / "prod/prod-shop.parameters.json").unlink()
    with (folder / OUT / "prod/prod-shop.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# edited\n")
    run = call_watchspec(*CHECK, "--format", form, folder=folder)
    assert (run.returncode, run.stderr) == (1, "")
    return run.stdout


def test_drift_for_people_names_the_files_and_the_next_step(tmp_path: Path) -> None:
    text = drift_in(tmp_path, "text")

    missing, edited, summary = text.split("\n\n")
    assert missing.splitlines()[:2] == [
        f'error[file/stale]: "{OUT}/prod/prod-shop.parameters.json" is missing',
        f" --> {OUT}/prod/prod-shop.parameters.json:1:1",
    ]
    assert edited.splitlines()[0] == (
        f'error[file/stale]: "{OUT}/prod/prod-shop.yaml" is out of date'
    )
    assert missing.splitlines()[-1] == edited.splitlines()[-1] == "  = help: run  watchspec compile"
    assert summary == "2 errors\n"


def test_drift_in_json_stands_at_the_files(tmp_path: Path) -> None:
    found = json.loads(drift_in(tmp_path, "json"))

    assert [(one["rule"], one["severity"], one["location"]["file"]) for one in found] == [
        ("file/stale", "error", f"{OUT}/prod/prod-shop.parameters.json"),
        ("file/stale", "error", f"{OUT}/prod/prod-shop.yaml"),
    ]


def test_drift_in_sarif_stands_at_the_files(tmp_path: Path) -> None:
    [run] = json.loads(drift_in(tmp_path, "sarif"))["runs"]

    assert [
        (
            one["ruleId"],
            one["level"],
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        )
        for one in run["results"]
    ] == [
        ("file/stale", "error", f"{OUT}/prod/prod-shop.parameters.json"),
        ("file/stale", "error", f"{OUT}/prod/prod-shop.yaml"),
    ]


def test_drift_on_github_is_annotated_at_the_files(tmp_path: Path) -> None:
    lines = drift_in(tmp_path, "github").splitlines()

    assert [re.sub(r",line=.*", "", line) for line in lines] == [
        f"::error title=file/stale,file={OUT}/prod/prod-shop.parameters.json",
        f"::error title=file/stale,file={OUT}/prod/prod-shop.yaml",
    ]


def test_drift_in_junit_is_a_failure_for_each_file(tmp_path: Path) -> None:
    [suite] = ET.fromstring(drift_in(tmp_path, "junit"))  # noqa: S314 - our own

    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("2", "2")
    assert [case.attrib["classname"] for case in suite] == [
        f"{OUT}/prod/prod-shop.parameters.json",
        f"{OUT}/prod/prod-shop.yaml",
    ]


def test_drift_elsewhere_is_told_by_the_path_that_was_given(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")

    found = find_drift(tmp_path, "--out", "else where/out")

    assert found[1] == '"else where/out/prod/prod-shop.yaml" is missing'
