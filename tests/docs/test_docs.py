"""Examples in hand-written pages are run; what they show is what comes out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from support import ROOT, compile_text, errors, run_watchspec
from watchspec.rulebook import ALL_RULES

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "compiler" / "README.md"]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    fenced = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(body) for _, body in fenced]


def is_spec(block: str) -> bool:
    return block.startswith("version:") and "\nservice:" in block


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    spec = next(block for block in blocks(README, "yaml") if is_spec(block))
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(spec, encoding="utf-8")
    return tmp_path


def test_readme_shows_the_alarm_that_its_spec_compiles_to(shop: Path) -> None:
    shown = next(block for block in blocks(README, "yaml") if block.startswith("AlarmCpuHigh:"))

    result = run_watchspec("compile", "--no-lint", folder=shop)

    assert result.returncode == 0, result.stdout
    text = (shop / "templates/out/prod/prod-shop.yaml").read_text(encoding="utf-8")
    assert textwrap.indent(shown, "  ") in text


def test_readme_shows_what_the_pages_of_the_rules_are_told() -> None:
    """What is written comes from the bad example of a rule, what is found is said of it."""
    rows = re.findall(r"^\| `([^|]+)` \| (.+) \|$", README, re.MULTILINE)
    said = json.loads((ROOT / "tests/rules/messages.json").read_text(encoding="utf-8"))
    pages = {rule.id: rule.page for rule in ALL_RULES}
    examples = {found["message"]: pages[rule] for rule, all_ in said.items() for found in all_}

    assert len(rows) == 10
    for written, found in rows:
        assert written in examples[found]


def test_readme_shows_the_error_that_its_misspelt_spec_gives(shop: Path) -> None:
    shown = next(block for block in blocks(README, "text") if block.startswith("error["))
    spec = shop / "specs" / "shop.yaml"
    spec.write_text(spec.read_text().replace("level: warning,", "level: waring,"), encoding="utf-8")

    result = run_watchspec("check", folder=shop)

    assert result.returncode == 1
    assert result.stdout.startswith(shown.rstrip("\n"))


def test_readme_shows_the_test_of_its_alarm_and_how_it_fails(shop: Path) -> None:
    tests = next(one for one in blocks(README, "yaml") if one.startswith("# specs/shop.test.yaml"))
    shown = next(block for block in blocks(README, "text") if "test/failed" in block)
    (shop / "specs/shop.test.yaml").write_text(tests, encoding="utf-8")
    spec = shop / "specs/shop.yaml"

    passing = run_watchspec("test", folder=shop)
    spec.write_text(spec.read_text().replace("for: 10m", "for: 12m"), encoding="utf-8")
    failing = run_watchspec("test", folder=shop)

    assert passing.returncode == 0, passing.stdout
    assert failing.returncode == 1
    assert failing.stdout.startswith(shown.rstrip("\n"))


def commands() -> list[str]:
    lines = "\n".join(blocks(README, "sh")).splitlines()
    return [line.split("  #")[0].rstrip() for line in lines if line.strip()]


@pytest.mark.slow
def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    """In the order of the page, in a folder named as there; make and pip by their dry runs."""
    folder = tmp_path / "shop"
    folder.mkdir()
    ran = []
    for command in commands():
        words = command.split()
        if words[0] == "make":
            subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, check=True, capture_output=True)
        elif words[0] == "watchspec":
            result = run_watchspec(*words[1:], folder=folder)
            assert result.returncode == 0, (command, result.stdout, result.stderr)
        else:
            assert command in {"pip install .", "cd ../shop"}
        ran.append(words[0])

    assert ran.count("watchspec") >= 6
    assert ran.count("make") == 2


@pytest.mark.parametrize("page", PAGES)
def test_specs_shown_on_a_page_compile_without_errors(page: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    for block in blocks(text, "yaml"):
        if is_spec(block):
            assert not errors(compile_text(block, tmp_path)), block
        else:
            yaml.safe_load(block)


def test_the_page_on_ignoring_shows_what_is_back_after_the_last_day(tmp_path: Path) -> None:
    page = (ROOT / "docs/ignoring.md").read_text(encoding="utf-8")
    [spec, project] = blocks(page, "yaml")
    [shown] = blocks(page, "text")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(spec, encoding="utf-8")

    before = run_watchspec("check", "--today", "2027-03-01", folder=tmp_path)
    after = run_watchspec("check", "--today", "2027-03-02", folder=tmp_path)
    (tmp_path / ".watchspec.yaml").write_text(project, encoding="utf-8")
    governed = run_watchspec("check", "--today", "2027-03-01", folder=tmp_path)

    assert (before.returncode, before.stdout) == (0, "1 ignored\n")
    assert after.stdout.startswith(shown)
    assert governed.returncode == 1
    assert governed.stdout.startswith("warning[ignore/unused]: ")


def test_the_page_on_backtests_shows_what_its_commands_print(tmp_path: Path) -> None:
    page = (ROOT / "docs/backtesting.md").read_text(encoding="utf-8")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(blocks(page, "yaml")[0], encoding="utf-8")
    for name, text in zip(("cpu.csv", "incidents.csv"), blocks(page, "csv"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    [shown] = blocks(page, "text")
    [first, *others] = [block.split()[1:] for block in blocks(page, "sh")]

    ran = run_watchspec(*first, folder=tmp_path)

    assert ran.stdout.startswith(shown)
    assert [run_watchspec(*one, folder=tmp_path).returncode for one in others] == [0, 0]
    assert (tmp_path / "cpu.svg").exists()


def test_the_page_on_testing_shows_tests_that_pass_and_one_that_fails(tmp_path: Path) -> None:
    page = (ROOT / "docs/testing-alarms.md").read_text(encoding="utf-8")
    [spec, *more] = blocks(page, "yaml")
    [shown] = blocks(page, "text")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(spec, encoding="utf-8")
    for number, block in enumerate(more):
        (tmp_path / f"specs/shop.{number}.test.yaml").write_text(block, encoding="utf-8")

    passed = run_watchspec("test", folder=tmp_path)
    (tmp_path / "specs/shop.yaml").write_text(spec.replace("85x20", "85x9"), encoding="utf-8")
    failed = run_watchspec("test", folder=tmp_path)

    assert passed.returncode == 0, passed.stdout
    assert "4 tests in 1 environment: 4 passed, 0 failed" in passed.stderr
    assert failed.returncode == 1
    assert failed.stdout.startswith(shown)


@pytest.mark.parametrize("page", PAGES)
def test_links_to_files_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)

    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]

    assert not missing


@pytest.mark.slow
def test_reference_is_what_the_program_says() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tools.docs", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_shipped_templates_are_what_the_shipped_specs_say(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "specs", tmp_path / "specs")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")

    result = run_watchspec("compile", "--check", "--no-lint", "--no-cache", folder=tmp_path)

    assert result.returncode == 0, result.stderr
