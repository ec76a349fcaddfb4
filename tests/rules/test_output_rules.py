"""The rules file/same-file, file/stale and file/unreadable-list: what the output folder holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from support import HEAD, compile_text
from watchspec.diagnostics import Diagnostic
from watchspec.model.template import Template
from watchspec.pipeline import Options, compile_specs
from watchspec.write import write_templates

SPEC = HEAD + "logs: {app: {group: /app, retention: 30 days}}\n"


def make_template(folder: Path) -> Template:
    return compile_text(SPEC, folder).templates[0]


@pytest.mark.parametrize(("environment", "stack"), [("prod", "PROD-shop"), ("Prod", "prod-shop")])
def test_stacks_that_differ_only_in_case_are_not_written(
    environment: str, stack: str, tmp_path: Path
) -> None:
    template = make_template(tmp_path)
    other = replace(template, environment=environment, stack_name=stack)
    out = tmp_path / "out"

    outcome = write_templates((template, other), out, environments=None, services=None)

    assert [one.rule for one in outcome.diagnostics] == ["file/same-file"]
    assert outcome.diagnostics[0].location == template.place
    assert not out.exists()


def test_stacks_of_different_names_are_written(tmp_path: Path) -> None:
    template = make_template(tmp_path)
    out = tmp_path / "out"

    outcome = write_templates(
        (template, replace(template, stack_name="prod-store")),
        out,
        environments=None,
        services=None,
    )

    assert outcome.diagnostics == ()
    assert (out / "prod" / "prod-store.yaml").is_file()


def compile_into(folder: Path, *, dry_run: bool, all_specs: bool = True) -> list[Diagnostic]:
    """What is said when the spec is compiled, or compared with what is there."""
    (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
    options = Options(
        out=folder / "out", all_specs=all_specs, lint=False, dry_run=dry_run, use_cache=False
    )
    result = compile_specs([str(folder / "spec.yaml")], options, lambda *_: None)
    return list(result.diagnostics)


def test_files_that_are_missing_or_out_of_date_are_stale(tmp_path: Path) -> None:
    missing = compile_into(tmp_path, dry_run=True)
    compile_into(tmp_path, dry_run=False)
    current = compile_into(tmp_path, dry_run=True)
    (tmp_path / "out" / "prod" / "prod-shop.yaml").write_text("old", encoding="utf-8")
    outdated = compile_into(tmp_path, dry_run=True)

    assert [one.rule for one in missing] == ["file/stale"] * 3
    assert current == []
    assert [one.rule for one in outdated] == ["file/stale"]
    assert outdated[0].message.endswith('prod-shop.yaml" is out of date')


def test_a_list_of_stacks_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    stacks = tmp_path / "out" / "prod" / "stacks.json"
    stacks.parent.mkdir(parents=True)
    stacks.write_text("not JSON", encoding="utf-8")

    found = compile_into(tmp_path, dry_run=False, all_specs=False)

    assert [one.rule for one in found] == ["file/unreadable-list"]
    assert stacks.read_text(encoding="utf-8") == "not JSON"
