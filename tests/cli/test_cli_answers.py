"""What each command answers, on which stream, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import watchspec
from support import call_watchspec, run_watchspec

SPEC = """\
version: v1
service: shop
environments: {dev: {region: eu-west-1}, prod: {region: eu-west-1}}
logs: {app: {group: "/${environment}/shop", retention: 30 days}}
"""
FRAGMENT = "version: v1\nlogs: {web: {group: '/${environment}/web', retention: 7 days}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one spec that is in order."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["compile", "check"])
def test_without_a_folder_of_specs_it_says_how_to_begin(tmp_path: Path, command: str) -> None:
    run = call_watchspec(command, folder=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        'Error: there is no folder "specs" here; name a spec, or begin with  watchspec init'
    )


@pytest.mark.parametrize("command", ["compile", "check"])
def test_with_an_empty_folder_of_specs_it_says_how_to_begin(tmp_path: Path, command: str) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/notes.txt").write_text("x", "utf-8")

    run = call_watchspec(command, folder=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        'Error: the folder "specs" holds no .yaml file; begin with  watchspec init'
    )


@pytest.mark.parametrize("command", [["compile", "--no-lint"], ["check"]], ids=" ".join)
@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("specs/sop.yaml", 'cannot read "specs/sop.yaml": no such file'),
        ("specs/shop.yaml/x", 'cannot read "specs/shop.yaml/x": a part of the path is not'),
        ("/dev/null", '"/dev/null" is not a regular file'),
        ("x" * 300, "the name is too long"),
    ],
    ids=["missing", "below a file", "device", "long name"],
)
def test_spec_that_cannot_be_read_is_a_finding(
    folder: Path, command: list[str], spec: str, message: str
) -> None:
    run = call_watchspec(*command, spec, folder=folder)

    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.startswith("error[file/unreadable]: ")
    assert message in run.stdout


@pytest.mark.parametrize("command", [["compile", "--no-lint"], ["check"]], ids=" ".join)
def test_fragment_alone_is_a_finding_that_says_what_to_do(folder: Path, command: list[str]) -> None:
    (folder / "web.yaml").write_text(FRAGMENT, "utf-8")

    run = call_watchspec(*command, "web.yaml", folder=folder)

    assert run.returncode == 1
    assert run.stdout.splitlines()[0].endswith("the file is a fragment: it names no service")
    assert 'help: include it from a spec, or add "service" and "environments"' in run.stdout


def test_fragment_named_beside_its_spec_is_looked_at_with_it(folder: Path) -> None:
    (folder / "specs/web.yaml").write_text(FRAGMENT, "utf-8")
    (folder / "specs/shop.yaml").write_text(SPEC + "include: [web.yaml]\n", "utf-8")

    run = call_watchspec("check", folder=folder)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "1 spec: no findings\n")


def test_files_that_are_no_yaml_are_left_alone(folder: Path) -> None:
    for name in ("README.md", "shop.yaml.bak", "shop.json", "shop.yaml~"):
        (folder / "specs" / name).write_text("not: [a spec", "utf-8")
    (folder / "specs/till.yml").write_text(SPEC.replace("shop", "till"), "utf-8")

    run = call_watchspec("check", folder=folder)

    assert (run.returncode, run.stderr) == (0, "2 specs: no findings\n")


def test_hidden_files_of_editors_are_no_specs(folder: Path) -> None:
    (folder / "specs/.#shop.yaml").symlink_to("someone@somewhere.1234:5678")

    run = call_watchspec("check", folder=folder)

    assert (run.returncode, run.stderr) == (0, "1 spec: no findings\n")


def test_spec_named_twice_is_compiled_once(folder: Path) -> None:
    run = call_watchspec(
        *("compile", "--no-lint", "specs/shop.yaml", "./specs/../specs/shop.yaml"), folder=folder
    )

    assert run.returncode == 0
    assert run.stderr.splitlines()[-1] == "1 spec, 2 stacks: 6 files changed"


def test_specs_may_be_anywhere(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()

    run = call_watchspec("compile", "--no-lint", "../specs/shop.yaml", folder=elsewhere)

    assert run.returncode == 0
    assert (elsewhere / "templates/out/prod/prod-shop.yaml").exists()


@pytest.mark.parametrize(
    ("name", "hint"),
    [("prd", 'did you mean "prod"?'), ("staging", "there are: dev, prod")],
)
def test_unknown_environment_is_wrong_usage_with_a_hint(folder: Path, name: str, hint: str) -> None:
    run = call_watchspec("compile", "--no-lint", "--env", name, folder=folder)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f'Error: no spec has an environment "{name}"; {hint}'
    assert not (folder / "templates").exists()


def test_errors_in_specs_come_before_an_unknown_environment(folder: Path) -> None:
    (folder / "specs/shop.yaml").write_text(SPEC + "wrong: 1\n", "utf-8")

    run = call_watchspec("compile", "--no-lint", "--env", "staging", folder=folder)

    assert (run.returncode, run.stderr) == (1, "")
    assert "error[spec/unknown-key]" in run.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["compil"],
        ["compile", "--wrong"],
        ["compile", "--env"],
        ["check", "specs"],
        ["compile", "specs/", "specs/shop.yaml"],
        ["check", "--format", "xml"],
        ["schema", "extra"],
        ["init", "one", "two"],
        ["explain"],
        ["explain", "yaml/synta"],
        ["deploy"],
        ["deploy", "--env", "prod", "--parameter", "no equals sign"],
        ["deploy", "--env", "prod", "--parameter", "=value"],
        ["deploy", "--env", "prod", "--parameter", "a=1", "--parameter", "a=2"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_on_the_side(folder: Path, arguments: list[str]) -> None:
    run = call_watchspec(*arguments, folder=folder)

    assert (run.returncode, run.stdout) == (2, "")
    assert ("Error: " in run.stderr) == bool(arguments)
    assert run.stderr.startswith("Usage: watchspec") or "--env" in arguments
    assert "internal error" not in run.stderr


def test_folder_in_the_place_of_a_spec_is_told_what_to_name(folder: Path) -> None:
    run = call_watchspec("check", "specs/", folder=folder)

    assert run.stderr.splitlines()[-1] == (
        'Error: "specs" is a folder; name the files in it, or none at all to work on all of specs/'
    )


def test_findings_are_on_standard_output_and_the_rest_is_not(folder: Path) -> None:
    (folder / "specs/shop.yaml").write_text(SPEC + "values: {unused: 1}\n", "utf-8")

    run = call_watchspec("compile", "--no-lint", folder=folder)

    assert run.returncode == 0
    assert run.stdout.startswith("warning[reference/unused-name]: ")
    assert run.stdout.endswith("\n1 warning\n")
    assert run.stderr.splitlines()[-1] == "1 spec, 2 stacks: 6 files changed"
    assert "warning" not in run.stderr


@pytest.mark.parametrize("command", [["compile", "--no-lint"], ["check"]], ids=" ".join)
def test_warnings_alone_are_clean(folder: Path, command: list[str]) -> None:
    (folder / "specs/shop.yaml").write_text(SPEC + "values: {unused: 1}\n", "utf-8")

    assert call_watchspec(*command, folder=folder).returncode == 0


@pytest.mark.parametrize("command", [["compile", "--no-lint"], ["check"]], ids=" ".join)
def test_errors_are_findings(folder: Path, command: list[str]) -> None:
    (folder / "specs/shop.yaml").write_text(SPEC + "wrong: 1\n", "utf-8")

    run = call_watchspec(*command, folder=folder)

    assert (run.returncode, run.stderr) == (1, "")


def test_check_writes_nothing(folder: Path) -> None:
    call_watchspec("check", folder=folder)

    assert sorted(path.name for path in folder.iterdir()) == ["specs"]


def test_check_finds_what_compile_finds(folder: Path) -> None:
    (folder / "specs/shop.yaml").write_text(SPEC + "values: {unused: 1}\nwrong: 1\n", "utf-8")
    (folder / "specs/till.yaml").write_text(SPEC.replace("service: shop", "service: till"), "utf-8")

    checked = call_watchspec("check", "--format", "json", folder=folder)
    compiled = call_watchspec("compile", "--no-lint", "--format", "json", folder=folder)

    assert checked.stdout == compiled.stdout
    assert len(json.loads(checked.stdout)) >= 1


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_output_for_programs_is_that_alone(folder: Path, form: str) -> None:
    run = call_watchspec("compile", "--no-lint", "--format", form, folder=folder)

    assert run.returncode == 0
    assert "created" not in run.stdout
    assert (folder / "templates/out/prod/prod-shop.yaml").exists()


def test_options_may_stand_behind_the_specs(folder: Path) -> None:
    run = call_watchspec("compile", "specs/shop.yaml", "--no-lint", "--out", "o", folder=folder)

    assert run.returncode == 0
    assert (folder / "o/prod/prod-shop.yaml").exists()


def test_output_may_go_anywhere(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("elsewhere") / "deep" / "down"

    run = call_watchspec("compile", "--no-lint", "--out", str(out), folder=folder)

    assert run.returncode == 0
    assert (out / "dev/dev-shop.yaml").exists()
    assert not (folder / "templates").exists()


def test_spec_whose_name_begins_with_a_dash_comes_after_two(folder: Path) -> None:
    (folder / "-shop.yaml").write_text(SPEC, "utf-8")

    run = call_watchspec("check", "--", "-shop.yaml", folder=folder)

    assert (run.returncode, run.stderr) == (0, "1 spec: no findings\n")


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    run = call_watchspec("--version", folder=tmp_path)

    assert (run.returncode, run.stdout) == (0, f"watchspec, version {watchspec.__version__}\n")


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", "compile", "check", "deploy", "init", "schema", "explain"])
def test_each_command_has_help(tmp_path: Path, command: str, flag: str) -> None:
    run = call_watchspec(*command.split(), flag, folder=tmp_path)

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"Usage: {f'watchspec {command}'.strip()} ")


def test_command_runs_as_a_module_too(folder: Path) -> None:
    run = run_watchspec("check", folder=folder)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "1 spec: no findings\n")


def test_schema_is_printed_byte_for_byte(tmp_path: Path) -> None:
    where = call_watchspec("schema", "--path", folder=tmp_path)

    run = call_watchspec("schema", folder=tmp_path)

    path = Path(where.stdout.removesuffix("\n"))
    assert (where.returncode, run.returncode) == (0, 0)
    assert path.name == "spec.schema.json"
    assert run.stdout == path.read_text("utf-8")
    assert json.loads(run.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
