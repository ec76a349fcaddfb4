"""A beginner's spec compiles at once, and nothing of anybody is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import ROOT, call_watchspec, run_watchspec

SCHEMA = (ROOT / "schema/v1/spec.schema.json").read_bytes()


def compile_folder(folder: Path) -> tuple[int, str]:
    """The exit code of a compilation, and its findings."""
    run = call_watchspec("compile", "--no-lint", folder=folder)
    return run.returncode, run.stdout


def test_first_spec_compiles_without_a_finding(tmp_path: Path) -> None:
    begun = call_watchspec("init", "shop", folder=tmp_path)

    assert (begun.returncode, begun.stdout) == (0, "")
    assert begun.stderr.splitlines() == [
        "created specs/shop.yaml",
        "created schema/v1/spec.schema.json",
        "next:  watchspec compile",
    ]
    assert compile_folder(tmp_path) == (0, "")
    assert (tmp_path / "templates/out/dev/dev-shop.yaml").exists()


def test_tests_of_the_first_spec_pass_and_fail_when_there_are_fewer_errors(
    tmp_path: Path,
) -> None:
    call_watchspec("init", "shop", folder=tmp_path)
    spec = tmp_path / "specs/shop.yaml"

    passed = call_watchspec("test", folder=tmp_path)
    spec.write_text(spec.read_text("utf-8").replace("20x5", "10x5"), "utf-8")
    failed = call_watchspec("test", folder=tmp_path)

    assert (passed.returncode, passed.stdout) == (0, "")
    assert passed.stderr == "2 tests in 2 environments: 2 passed, 0 failed\n"
    assert failed.returncode == 1
    assert '"shop-errors" never became ALARM, expected at 10m' in failed.stdout


@pytest.mark.slow
def test_cfn_lint_finds_nothing_in_what_the_first_spec_becomes(tmp_path: Path) -> None:
    run_watchspec("init", "shop", folder=tmp_path)

    run = run_watchspec("compile", folder=tmp_path)

    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr.splitlines()[-1] == "1 spec, 2 stacks: 6 files changed"


def test_editor_finds_the_schema_where_the_first_spec_says(tmp_path: Path) -> None:
    call_watchspec("init", "shop", folder=tmp_path)

    spec = tmp_path / "specs/shop.yaml"
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", spec.read_text("utf-8"))
    assert named is not None
    assert (spec.parent / named[1]).read_bytes() == SCHEMA


def test_second_time_it_refuses_and_overwrites_nothing(tmp_path: Path) -> None:
    call_watchspec("init", "shop", folder=tmp_path)
    (tmp_path / "specs/shop.yaml").write_text("mine\n", "utf-8")

    run = call_watchspec("init", "shop", folder=tmp_path)

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "Error: specs/shop.yaml exists already; nothing was written; "
        "for another service  watchspec init NAME\n"
    )
    assert (tmp_path / "specs/shop.yaml").read_text("utf-8") == "mine\n"


def test_second_service_stands_beside_the_first(tmp_path: Path) -> None:
    call_watchspec("init", "shop", folder=tmp_path)
    (tmp_path / "schema/v1/spec.schema.json").write_text("{}", "utf-8")

    run = call_watchspec("init", "till", folder=tmp_path)

    assert run.returncode == 0
    assert "schema" not in run.stderr
    assert (tmp_path / "schema/v1/spec.schema.json").read_text("utf-8") == "{}"
    assert compile_folder(tmp_path)[0] == 0


def test_spec_of_the_same_name_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    call_watchspec("init", "shop", folder=tmp_path)

    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("shop", "shop"),
        ("My Shop!", "my-shop"),
        ("SHOP_2", "shop-2"),
        (".shop", "shop"),
        ("with\nline", "with-line"),
        ("--shop--", "shop"),
        ("$(shop)", "shop"),
        ("'quoted'", "quoted"),
        ("{braces}", "braces"),
        ("日本", "service"),
        ("___", "service"),
        ("no", "no"),
        ("aux", "aux"),
    ],
    ids=ascii,
)
def test_service_is_called_like_the_folder_as_far_as_that_can_be(
    tmp_path: Path, folder: str, service: str
) -> None:
    home = tmp_path / folder
    home.mkdir()

    run = call_watchspec("init", folder=home)

    assert run.returncode == 0
    assert run.stderr.splitlines()[0] == f"created specs/{service}.yaml"
    assert compile_folder(home) == (0, "")


@pytest.mark.parametrize("service", ["s", "s" * 60, "a--b", "e1", "on", "y", "nul"])
def test_any_service_name_gives_a_spec_without_findings(tmp_path: Path, service: str) -> None:
    run = call_watchspec("init", service, folder=tmp_path)

    assert run.returncode == 0
    assert compile_folder(tmp_path) == (0, "")


@pytest.mark.parametrize("service", ["null", "true", "false"])
def test_name_that_is_a_value_in_yaml_is_wrong_usage(tmp_path: Path, service: str) -> None:
    run = call_watchspec("init", service, folder=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert f'"{service}" is a value in YAML, not a name' in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "service", ["Shop", "1shop", "-shop", "shop!", "sh op", "s" * 61, "../shop", "shop\n", "sh/op"]
)
def test_name_no_service_can_have_is_wrong_usage(tmp_path: Path, service: str) -> None:
    run = call_watchspec("init", "--", service, folder=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert "cannot be the name of a service" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_folder_no_service_can_be_called_like_asks_for_a_name(tmp_path: Path) -> None:
    home = tmp_path / "2024"
    home.mkdir()

    run = call_watchspec("init", folder=home)

    assert run.returncode == 2
    assert '"2024" cannot be the name of a service' in run.stderr
    assert "watchspec init NAME" in run.stderr


def test_file_in_the_place_of_the_folder_of_specs_is_named(tmp_path: Path) -> None:
    (tmp_path / "specs").write_text("mine\n", "utf-8")

    run = call_watchspec("init", "shop", folder=tmp_path)

    assert run.returncode == 1
    assert "specs" in run.stderr
    assert "Errno" not in run.stderr
