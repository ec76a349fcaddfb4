"""What the compiler makes of a spec is what it made yesterday."""

from __future__ import annotations

import pytest

from golden.cases import CASES, FOLDER, compile_case

NOTED = {"alarm-with-all-settings-of-missing-data": ["alarm/ignored-missing-data"]}
"""The cases with something to say about them; of all others nothing is to be said."""


@pytest.mark.parametrize("case", CASES)
def test_spec_makes_the_stacks_beside_it(case: str, request: pytest.FixtureRequest) -> None:
    folder = FOLDER / case
    compiled = compile_case(case)
    made = {f"{one.stack_name}.yaml": one.text for one in compiled.templates}
    if request.config.getoption("--write-golden"):
        for old in folder.glob("*.yaml"):
            if old.name != "spec.yaml":
                old.unlink()
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")

    kept = {
        path.name: path.read_bytes().decode()
        for path in folder.iterdir()
        if path.name != "spec.yaml"
    }

    assert [one.rule for one in compiled.diagnostics] == NOTED.get(case, [])
    assert made
    assert made == kept


def test_every_folder_is_a_case() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] not in "._"}

    assert folders == set(CASES)
