"""The rule file/same-file: stacks whose files some file systems take for one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from support import HEAD, compile_text
from watchspec.model.template import Template
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
