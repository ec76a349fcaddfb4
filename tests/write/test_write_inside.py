"""Nothing outside the output folder is ever written, read as ours, or removed."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from support import call_watchspec
from write.output_folder import compile_folder, find_drift, read_tree, stack_names, write_spec

NO_LISTS = [
    pytest.param("", id="empty"),
    pytest.param("<<<<<<< HEAD\n", id="merge conflict"),
    "null",
    "[]",
    "\ufeff{}",
    pytest.param("{%s}", id="not closed"),
    pytest.param("[" * 100_000, id="nested too deep"),
    '{"stacks": null}',
    '{"stacks": 5}',
    '{"stacks": "prod-shop"}',
    '{"stacks": [null, 5, "prod-shop", []]}',
    '{"stacks": [{"service": "shop"}]}',
    '{"stacks": [{"name": "prod-till"}]}',
    '{"stacks": [{"name": ["prod-till"], "service": "till"}]}',
    '{"stacks": [{"name": "prod-till", "service": ["till"]}]}',
    '{"stacks": [{"name": "prod-\\u0000", "service": "till"}]}',
]
"""What may stand in the place of a list of stacks and is none."""


def list_of_stacks(*entries: object) -> str:
    return json.dumps({"stacks": entries})


def test_linked_folder_of_an_environment_is_refused_and_not_followed(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "templates/out").mkdir(parents=True)
    (tmp_path / "templates/out/prod").symlink_to(elsewhere)

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert 'error[file/cannot-write]: cannot write "templates/out/prod"' in run.stdout
    assert read_tree(elsewhere) == {}


def test_linked_folder_keeps_its_files_when_its_environment_goes(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "templates/out/dev").rename(elsewhere)
    (tmp_path / "templates/out/dev").symlink_to(elsewhere)
    before = read_tree(elsewhere)
    write_spec(tmp_path, "shop", "prod")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert 'error[file/cannot-write]: cannot write "templates/out/dev"' in run.stdout
    assert read_tree(elsewhere) == before


def test_linked_folder_keeps_files_that_look_like_leftovers(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".watchspec-other.yaml.new.tmp").write_text("mine\n", "utf-8")
    (tmp_path / "templates/out").mkdir(parents=True)
    (tmp_path / "templates/out/linked").symlink_to(elsewhere)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert read_tree(elsewhere) == {".watchspec-other.yaml.new.tmp": b"mine\n"}


def test_target_that_is_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-shop.yaml"
    victim = tmp_path / "victim"
    template.rename(victim)
    template.symlink_to(victim)
    (tmp_path / "victim").write_text("mine\n", "utf-8")

    code, said = compile_folder(tmp_path)

    assert (code, said) == (0, ["created templates/out/prod/prod-shop.yaml"])
    assert victim.read_text("utf-8") == "mine\n"
    assert stat.S_ISREG(template.lstat().st_mode)


def test_link_to_the_very_same_text_still_counts_as_drift(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-shop.yaml"
    template.rename(tmp_path / "same")
    template.symlink_to(tmp_path / "same")

    found = find_drift(tmp_path)

    assert found == ['"templates/out/prod/prod-shop.yaml" is missing']


def test_link_in_the_place_of_a_temporary_file_is_not_followed(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    victim = tmp_path / "victim"
    victim.write_text("mine\n", "utf-8")
    folder = tmp_path / "templates/out/prod"
    folder.mkdir(parents=True)
    for name in ("prod-shop.yaml", "prod-shop.parameters.json", "stacks.json"):
        (folder / f".watchspec-{name}.new.tmp").symlink_to(victim)

    compile_folder(tmp_path)

    assert victim.read_text("utf-8") == "mine\n"
    assert stack_names(tmp_path, "prod") == ["prod-shop"]


@pytest.mark.parametrize(
    "name",
    [
        *("../../../victim", "../dev/dev-shop", "ABSOLUTE", "/etc/passwd", "..", ".", ""),
        *("prod-shop/../../dev/dev-shop", "dev-shop", "victim", "prod_shop", "PROD-shop"),
        *("prod-\0", "prod-\n", "prod-shop\n", "prod-ü", "prod-*", "-prod", "prod"),
        "prod-gone",
    ],
    ids=ascii,
)
def test_only_files_of_its_own_folder_are_removed(tmp_path: Path, name: str) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    victims = [
        tmp_path / "victim.yaml",
        tmp_path / "templates/out/dev/dev-shop.yaml",
        tmp_path / "templates/out/prod/victim.yaml",
        tmp_path / "templates/out/prod/prod.yaml",
        tmp_path / "templates/out/prod/dev-shop.yaml",
    ]
    for victim in victims:
        victim.parent.mkdir(exist_ok=True)
        victim.write_text("mine\n", "utf-8")
    gone = name.replace("ABSOLUTE", str(tmp_path / "victim"))
    listed = list_of_stacks({"name": gone, "service": "shop"})
    (tmp_path / "templates/out/prod/stacks.json").write_text(listed, "utf-8")

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert [victim.name for victim in victims if not victim.exists()] == []
    assert stack_names(tmp_path, "prod") == ["prod-shop"]


def test_stack_of_a_spec_that_is_gone_is_removed_by_its_name_in_the_list(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    old = tmp_path / "templates/out/prod/prod-gone.yaml"
    old.write_text("old\n", "utf-8")
    listed = list_of_stacks({"name": "prod-gone", "service": "gone"})
    (tmp_path / "templates/out/prod/stacks.json").write_text(listed, "utf-8")

    compile_folder(tmp_path)

    assert not old.exists()


@pytest.mark.parametrize("text", NO_LISTS)
def test_list_of_stacks_that_cannot_be_read_is_written_anew_with_all_specs(
    tmp_path: Path, text: str
) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    path = tmp_path / "templates/out/prod/stacks.json"
    made = path.read_bytes()
    path.write_text(text, "utf-8")

    code, said = compile_folder(tmp_path)

    assert (code, said) == (0, ["updated templates/out/prod/stacks.json"])
    assert path.read_bytes() == made


@pytest.mark.parametrize("flags", [[], ["--check"]], ids=["compile", "check"])
@pytest.mark.parametrize("text", NO_LISTS)
def test_list_of_stacks_that_cannot_be_read_may_hold_what_others_made(
    tmp_path: Path, text: str, flags: list[str]
) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    write_spec(tmp_path, "till", "prod")
    compile_folder(tmp_path)
    (tmp_path / "templates/out/prod/stacks.json").write_text(text, "utf-8")
    spec.write_text(spec.read_text("utf-8").replace("30 days", "60 days"), "utf-8")
    before = read_tree(tmp_path / "templates")

    run = call_watchspec("compile", "--no-lint", "specs/shop.yaml", *flags, folder=tmp_path)

    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == (
        'error[file/unreadable-list]: "templates/out/prod/stacks.json" is not a list of stacks\n'
        " = help: compile all specs, so that it is written anew\n\n1 error\n"
    )
    assert read_tree(tmp_path / "templates") == before


def test_list_that_cannot_be_read_matters_only_where_something_is_compiled(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    (tmp_path / "templates/out/dev/stacks.json").write_text("<<<<<<< HEAD\n", "utf-8")

    code, said = compile_folder(tmp_path, "specs/shop.yaml", "--env", "prod")

    assert (code, said) == (0, [])


def test_file_that_is_called_like_a_list_of_stacks_and_is_none_stays(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    foreign = tmp_path / "templates/out/elsewhere/stacks.json"
    foreign.parent.mkdir(parents=True)
    foreign.write_text('{"mine": 1}\n', "utf-8")

    compile_folder(tmp_path)

    assert foreign.read_text("utf-8") == '{"mine": 1}\n'


@pytest.mark.parametrize(
    "name",
    ["../prod", "/prod", "a/b", ".", "..", "prod.", "prod ", "Prod", "pröd", "", "p" * 61, "${x}"],
)
@pytest.mark.parametrize("what", ["service", "environment"])
def test_name_that_could_leave_the_folder_cannot_be_expressed(
    tmp_path: Path, name: str, what: str
) -> None:
    service, environment = (name, "prod") if what == "service" else ("shop", name)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/spec.yaml").write_text(
        f"version: v1\nservice: '{service}'\nenvironments: {{'{environment}': {{region: eu-west-1}}}}\n"
        "logs: {app: {group: /shop, retention: 30 days}}\n",
        encoding="utf-8",
    )

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert not (tmp_path / "templates").exists()


@pytest.mark.parametrize("name", ["con", "nul", "prn", "aux", "com1", "lpt9"])
def test_environment_that_windows_cannot_make_a_folder_for_is_refused(
    tmp_path: Path, name: str
) -> None:
    write_spec(tmp_path, "shop", name)

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert f'"{name}"' in run.stdout


def test_service_may_be_called_what_windows_reserves(tmp_path: Path) -> None:
    write_spec(tmp_path, "aux", "prod")

    code, _ = compile_folder(tmp_path)

    # Its files begin with the environment, so no file has the reserved name.
    assert code == 0
    assert "prod/prod-aux.yaml" in read_tree(tmp_path / "templates/out")


def test_long_names_fit_into_a_file_name(tmp_path: Path) -> None:
    write_spec(tmp_path, "s" * 60, "e" * 60)

    code, _ = compile_folder(tmp_path)

    assert code == 0
    assert f"{'e' * 60}/{'e' * 60}-{'s' * 60}.parameters.json" in read_tree(
        tmp_path / "templates/out"
    )


def test_files_can_be_read_by_everyone_and_written_by_their_owner(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    before = os.umask(0o022)

    try:
        compile_folder(tmp_path)
    finally:
        os.umask(before)

    paths = [path for path in (tmp_path / "templates").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o644}


def test_output_has_unix_line_ends_and_ends_with_one(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")

    compile_folder(tmp_path)

    for name, data in read_tree(tmp_path / "templates").items():
        assert b"\r" not in data, name
        assert data.endswith(b"\n"), name
        assert not data.endswith(b"\n\n"), name


@pytest.mark.parametrize(
    "name", ["a\nMetadata: {x: 1}\n#", "a\r", "a\x1b]0;x\x07", "a\u2028b"], ids=ascii
)
def test_name_of_a_spec_adds_nothing_to_its_templates(tmp_path: Path, name: str) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path, "--out", "plain")
    spec.rename(tmp_path / f"specs/{name}.yaml")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    if run.returncode == 0:
        plain = (tmp_path / "plain/prod/prod-shop.yaml").read_text("utf-8")
        odd = (tmp_path / "templates/out/prod/prod-shop.yaml").read_bytes().decode("utf-8")
        assert odd.splitlines()[1:] == plain.splitlines()[1:]
        assert odd.split("\n")[0].isprintable()
    assert run.returncode in (0, 1)
