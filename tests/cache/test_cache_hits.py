"""A remembered result is the same result, and is remembered only while nothing has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support import ROOT, call_watchspec, run_watchspec
from write.output_folder import read_tree

HEAD = "version: v1\nservice: shop\n"
PROD = "environments: {prod: {region: eu-west-1}}\n"
LOG = "logs: {app: {group: /shop, retention: 30 days}}\n"
FRAGMENT = "version: v1\nlogs: {web: {group: /web, retention: 7 days}}\n"
SPECS = {
    "clean": HEAD + PROD + LOG,
    "with a note": HEAD
    + PROD
    + "logs:\n"
    + "".join(
        f"  l{number}: {{group: /shop/{number}, retention: 7 days}}\n" for number in range(230)
    ),
    "with a warning": HEAD + PROD + LOG + "values: {unused: 1}\n",
    "with errors": HEAD + PROD + LOG + "wrong: 1\nalarms: {a: {severity: none}}\n",
    "with an error of one environment": HEAD
    + "environments: {prod: {region: eu-west-1}, dev: {region: xx-nowhere-9}}\n"
    + LOG
    + 'metrics: {m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${f}"}}}\n',
}
IS_KNOWN = (
    "from watchspec.cache import open_cache; "
    "print(open_cache(enabled=True).find_spec('specs/shop.yaml') is not None)"
)


def write_files(folder: Path, **texts: str) -> None:
    """Specs by name; None removes one."""
    (folder / "specs").mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / "specs" / f"{name}.yaml").write_text(text, "utf-8")


def compile_twice(folder: Path, *arguments: str) -> list[tuple[int, str, str]]:
    """What two runs in a row answer, each into a folder of its own."""
    answers = []
    for out in ("first", "second"):
        run = call_watchspec("compile", "--no-lint", "--out", out, *arguments, folder=folder)
        answers.append((run.returncode, run.stdout, run.stderr.replace("second/", "first/")))
    return answers


def is_known(folder: Path, **environment: str) -> bool:
    """Whether a process of its own finds the result of the spec `shop` in the cache."""
    run = subprocess.run(
        [sys.executable, "-c", IS_KNOWN],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout == "True\n"


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_remembered_result_is_answered_like_a_new_one(tmp_path: Path, name: str, form: str) -> None:
    write_files(tmp_path, shop=SPECS[name])

    first, second = compile_twice(tmp_path, "--format", form)

    assert is_known(tmp_path)
    assert second == first
    assert first[0] == ("error" in name)
    assert all(word in first[1] for word in ("note", "warning", "error") if word in name)
    if first[0] == 0:
        assert read_tree(tmp_path / "second") == read_tree(tmp_path / "first")


def test_result_of_another_process_is_believed(tmp_path: Path) -> None:
    write_files(tmp_path, shop=SPECS["with a warning"])
    first = run_watchspec("compile", "--no-lint", folder=tmp_path)

    second = run_watchspec("compile", "--no-lint", "--check", folder=tmp_path)

    assert "warning[" in first.stdout
    assert second.stdout == first.stdout
    assert second.stderr == "1 spec, 1 stack: up to date\n"


def test_changed_spec_is_compiled_anew(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    write_files(tmp_path, shop=HEAD + PROD + LOG.replace("30", "60"))

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert b"RetentionInDays: 60" in read_tree(tmp_path / "templates/out/prod")["prod-shop.yaml"]


def test_changed_spec_with_the_old_size_and_time_is_compiled_anew(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    path = tmp_path / "specs/shop.yaml"
    status = path.stat()
    write_files(tmp_path, shop=HEAD + PROD + LOG.replace("30", "60"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert b"RetentionInDays: 60" in read_tree(tmp_path / "templates/out/prod")["prod-shop.yaml"]


def test_changed_fragment_is_noticed(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + "include: [web.yaml]\n" + PROD, web=FRAGMENT)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    write_files(tmp_path, web=FRAGMENT.replace("7 days", "14 days"))

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert b"RetentionInDays: 14" in read_tree(tmp_path / "templates/out/prod")["prod-shop.yaml"]


def test_deleted_fragment_is_noticed(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + "include: [web.yaml]\n" + PROD, web=FRAGMENT)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    (tmp_path / "specs/web.yaml").unlink()

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert "error[file/unreadable]" in run.stdout


def test_fragment_that_was_missing_is_noticed_when_it_comes(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + "include: [web.yaml]\n" + PROD)
    failed = call_watchspec("compile", "--no-lint", folder=tmp_path)
    write_files(tmp_path, web=FRAGMENT)

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert (failed.returncode, run.returncode) == (1, 0)


def test_fragment_of_a_fragment_is_noticed(tmp_path: Path) -> None:
    middle = "version: v1\ninclude: [deep/web.yaml]\n"
    (tmp_path / "specs/deep").mkdir(parents=True)
    write_files(tmp_path, shop=HEAD + "include: [middle.yaml]\n" + PROD, middle=middle)
    (tmp_path / "specs/deep/web.yaml").write_text(FRAGMENT, "utf-8")
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    (tmp_path / "specs/deep/web.yaml").write_text(FRAGMENT + "wrong: 1\n", "utf-8")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert "specs/deep/web.yaml:3:1" in run.stdout


def test_fragment_beside_its_spec_is_no_spec_the_second_time_either(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + "include: [web.yaml]\n" + PROD, web=FRAGMENT)

    first, second = compile_twice(tmp_path)

    assert first == second
    assert first[0] == 0
    assert first[2].splitlines()[-1] == "1 spec, 1 stack: 3 files changed"


def test_fragment_that_nobody_includes_any_more_is_a_finding(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + "include: [web.yaml]\n" + PROD, web=FRAGMENT)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    write_files(tmp_path, shop=HEAD + PROD + LOG)

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert "specs/web.yaml" in run.stdout


def test_names_two_specs_both_take_are_found_among_remembered_ones(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    write_files(tmp_path, till="version: v1\nservice: till\n" + PROD + LOG)

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert "error[name/same-name]" in run.stdout


def test_no_cache_neither_reads_nor_writes_it(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)

    run = call_watchspec("compile", "--no-lint", "--no-cache", folder=tmp_path)

    assert run.returncode == 0
    assert not (tmp_path / ".watchspec_cache").exists()


@pytest.mark.slow
def test_any_change_of_the_tool_makes_its_results_old(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    shutil.copytree(
        ROOT / "compiler", tool / "compiler", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "schema", tool / "schema")
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    package = tool / "compiler/watchspec"
    known = {}

    for changed in (
        package / "emit/logs.py",
        package / "check/rules/a_new_rule.py",
        package / "catalog/metrics.json",
        package / "languages/alarm_rules.lark",
        tool / "schema/v1/spec.schema.json",
    ):
        subprocess.run(
            [sys.executable, "-m", "watchspec", "compile", "--no-lint"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tool / "compiler")},
            capture_output=True,
            check=True,
        )
        before = is_known(tmp_path, PYTHONPATH=str(tool / "compiler"))
        with changed.open("a", encoding="utf-8") as stream:
            stream.write("\n")
        known[changed.name] = (before, is_known(tmp_path, PYTHONPATH=str(tool / "compiler")))

    assert known == dict.fromkeys(known, (True, False))
    assert len(known) == 5


def test_tool_installed_elsewhere_does_not_believe_these_results(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    shutil.copytree(
        ROOT / "compiler", tool / "compiler", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tool / "schema").symlink_to(ROOT / "schema")
    write_files(tmp_path, shop=HEAD + PROD + LOG)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert is_known(tmp_path)
    assert not is_known(tmp_path, PYTHONPATH=str(tool / "compiler"))


@pytest.mark.parametrize("flags", [["-O"], ["-B"], ["-X", "utf8"], ["-bb"], ["-I"]], ids=" ".join)
def test_flags_of_python_change_nothing(tmp_path: Path, flags: list[str]) -> None:
    write_files(tmp_path, shop=SPECS["with a warning"])
    first = call_watchspec("compile", "--no-lint", folder=tmp_path)

    run = subprocess.run(
        [sys.executable, *flags, "-m", "watchspec", "compile", "--no-lint", "--check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (0, first.stdout)


def test_what_nobody_asked_for_in_a_month_is_swept(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    folder = tmp_path / ".watchspec_cache/specs"
    [recent] = folder.iterdir()
    old, young = folder / "0.json", folder / "1.json"
    for path, days in ((old, 31), (young, 29)):
        path.write_text("{}", "utf-8")
        os.utime(path, (time.time() - days * 86_400,) * 2)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert sorted(folder.iterdir()) == sorted([recent, young])


def test_what_a_killed_run_left_is_swept_too(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    left = tmp_path / ".watchspec_cache/specs/tmpabcd.tmp"
    left.write_text("{", "utf-8")
    os.utime(left, (time.time() - 31 * 86_400,) * 2)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert not left.exists()


def test_using_a_result_keeps_it_from_being_swept(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    [entry] = (tmp_path / ".watchspec_cache/specs").iterdir()
    os.utime(entry, (time.time() - 29 * 86_400,) * 2)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert time.time() - entry.stat().st_mtime < 86_400


def test_git_does_not_see_the_cache(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    write_files(tmp_path, shop=HEAD + PROD + LOG)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    listing = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = {line.split()[-1].split("/")[0] for line in listing.stdout.splitlines()}
    assert (tmp_path / ".watchspec_cache/specs").is_dir()
    assert seen == {"specs", "templates"}


def test_backup_tools_can_tell_the_cache(tmp_path: Path) -> None:
    write_files(tmp_path, shop=HEAD + PROD + LOG)

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    tag = (tmp_path / ".watchspec_cache/CACHEDIR.TAG").read_text("utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
