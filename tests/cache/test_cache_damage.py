"""Whatever is wrong with the cache counts as nothing remembered: no crash, no other answer."""

from __future__ import annotations

import ctypes
import json
import os
import random
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from support import call_watchspec, run_watchspec
from watchspec.cache import open_cache
from watchspec.diagnostics import Diagnostic, Location, Related, Severity
from watchspec.pipeline import compile_spec
from write.output_folder import read_tree

SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
values: {unused: 1}
"""
FINDING = Diagnostic(
    "template/cfn-lint",
    Severity.WARNING,
    "a message",
    Location("specs/shop.yaml", 4, 8, 3),
    "a hint",
    "a help",
    (Related(Location("specs/shop.yaml", 1, 1, 7), "related"),),
)


def write_spec(folder: Path, text: str = SPEC) -> None:
    (folder / "specs").mkdir(exist_ok=True)
    (folder / "specs/shop.yaml").write_text(text, "utf-8")


def answer(folder: Path) -> tuple[int, str, str]:
    """What a compilation says while the output is up to date."""
    run = call_watchspec("compile", "--no-lint", "--check", folder=folder)
    return run.returncode, run.stdout, run.stderr


def only_entry(folder: Path, kind: str) -> Path:
    [path] = (folder / ".watchspec_cache" / kind).glob("*.json")
    return path


def broken_texts(entry: bytes) -> dict[str, bytes]:
    """What a disk or an editor may make of an entry, and what a mischievous mind may put there."""
    return {
        "empty": b"",
        "one byte": entry[:1],
        "half": entry[: len(entry) // 2],
        "all but the last byte": entry[:-1],
        "twice": entry * 2,
        "zeros": bytes(len(entry)),
        "not UTF-8": b"\xff\xfe" + entry,
        "null": b"null",
        "a list": b"[" + entry + b"]",
        "a text": json.dumps(entry.decode()).encode(),
        "a number": b"1" * 5000,
        "nothing inside": b"{}",
        "nested too deep": b"[" * 100_000,
    }


def flip(entry: bytes, chance: random.Random) -> bytes:
    """An entry with a few bytes changed, lost or repeated."""
    damaged = bytearray(entry)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(damaged))
        match chance.randrange(3):
            case 0:
                damaged[at] ^= 1 << chance.randrange(8)
            case 1:
                del damaged[at : at + chance.randint(1, 20)]
            case _:
                damaged[at:at] = damaged[at : at + chance.randint(1, 20)]
    return bytes(damaged)


@pytest.mark.parametrize("name", broken_texts(b"{}"))
def test_entry_that_is_no_entry_counts_as_absent(tmp_path: Path, name: str) -> None:
    write_spec(tmp_path)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    right = answer(tmp_path)
    path = only_entry(tmp_path, "specs")
    made = path.read_bytes()
    path.write_bytes(broken_texts(made)[name])

    assert answer(tmp_path) == right
    assert path.read_bytes() == made


@pytest.mark.parametrize("name", broken_texts(b"{}"))
def test_lint_entry_that_is_no_entry_counts_as_absent(tmp_path: Path, name: str) -> None:
    write_spec(tmp_path)
    with chdir(tmp_path):
        [template] = compile_spec("specs/shop.yaml").templates
        cache = open_cache(enabled=True)
        cache.keep_lint(template, (FINDING,))
        kept = cache.find_lint(template)
        path = only_entry(tmp_path, "lint")
        path.write_bytes(broken_texts(path.read_bytes())[name])

        found = cache.find_lint(template)

    assert kept == (FINDING,)
    assert found is None


@pytest.mark.slow
def test_damaged_spec_entry_counts_as_absent(tmp_path: Path) -> None:
    write_spec(tmp_path)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    right = answer(tmp_path)
    path = only_entry(tmp_path, "specs")
    made = path.read_bytes()
    chance = random.Random(11)  # noqa: S311 - accidents, not secrets
    wrong = []

    for _ in range(150):
        damaged = flip(made, chance)
        path.write_bytes(damaged)
        given = answer(tmp_path)
        if given != right:
            wrong.append((damaged, given))

    assert wrong == []


def test_damaged_lint_entry_counts_as_absent(tmp_path: Path) -> None:
    write_spec(tmp_path)
    chance = random.Random(12)  # noqa: S311 - accidents, not secrets
    with chdir(tmp_path):
        [template] = compile_spec("specs/shop.yaml").templates
        cache = open_cache(enabled=True)
        cache.keep_lint(template, (FINDING,))
        path = only_entry(tmp_path, "lint")
        made = path.read_bytes()
        damaged = [flip(made, chance) for _ in range(100)]
        wrong = []

        for entry in damaged:
            path.write_bytes(entry)
            found = cache.find_lint(template)
            if found is not None and entry != made:
                wrong.append((entry, found))

    assert wrong == []


def break_folder(folder: Path, how: str) -> None:
    """Make the cache unusable."""
    cache = folder / ".watchspec_cache"
    match how:
        case "a file":
            cache.write_text("mine\n", "utf-8")
        case "a link to nowhere":
            cache.symlink_to("nowhere/at/all")
        case "a circle of links":
            cache.symlink_to(cache)
        case "a file inside":
            cache.mkdir()
            (cache / "specs").write_text("mine\n", "utf-8")
        case _:
            call_watchspec("compile", "--no-lint", folder=folder)
            entry = only_entry(folder, "specs")
            entry.unlink()
            (entry / "inside").mkdir(parents=True)


@pytest.mark.parametrize(
    "how",
    ["a file", "a link to nowhere", "a circle of links", "a file inside", "folders as entries"],
)
def test_cache_that_cannot_be_used_costs_only_time(tmp_path: Path, how: str) -> None:
    write_spec(tmp_path)
    break_folder(tmp_path, how)

    first = call_watchspec("compile", "--no-lint", folder=tmp_path)
    second = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "warning[reference/unused-name]" in first.stdout
    assert second.stdout == first.stdout
    assert second.stderr == "1 spec, 1 stack: up to date\n"


def test_cache_that_may_not_be_written_costs_only_time(tmp_path: Path) -> None:
    def obey_file_modes() -> None:
        drop_from_bounding_set, override_file_modes = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, override_file_modes, 0, 0, 0)

    write_spec(tmp_path)
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    for folder in (tmp_path / ".watchspec_cache/specs", tmp_path / ".watchspec_cache"):
        folder.chmod(0o555)
    write_spec(tmp_path, SPEC.replace("30 days", "60 days"))

    run = run_watchspec("compile", "--no-lint", folder=tmp_path, preexec_fn=obey_file_modes)

    assert run.returncode == 0
    assert run.stderr.splitlines()[0] == "updated templates/out/prod/prod-shop.yaml"


@pytest.mark.parametrize("linked", [".watchspec_cache", ".watchspec_cache/.gitignore"])
def test_nothing_is_overwritten_through_a_link_in_the_place_of_the_cache(
    tmp_path: Path, linked: str
) -> None:
    write_spec(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".gitignore").write_text("mine\n", "utf-8")
    path = tmp_path / linked
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(elsewhere if linked == ".watchspec_cache" else elsewhere / ".gitignore")

    call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert (elsewhere / ".gitignore").read_text("utf-8") == "mine\n"


def test_processes_at_once_share_the_cache(tmp_path: Path) -> None:
    write_spec(tmp_path)
    command = [sys.executable, "-m", "watchspec", "compile", "--no-lint", "--check"]

    runs = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ends = [(*run.communicate(), run.returncode) for run in runs]

    assert len(set(ends)) == 1
    assert ends[0][2] == 1
    assert ends[0][0].endswith(b"\n3 errors, 1 warning\n")
    assert [path.suffix for path in (tmp_path / ".watchspec_cache/specs").iterdir()] == [".json"]


def edit(specs: dict[str, str], chance: random.Random) -> None:
    """One edit as people make them: of a number, a name, an environment, an include, a file."""
    name = chance.choice(["shop", "till", "web", "db"])
    fragment = name in ("web", "db")
    group = f"/{name}-{chance.randint(1, 3)}/${{environment}}"
    logs = f'logs: {{{name}: {{group: "{group}", retention: {chance.choice([7, 14, 30])} days}}}}\n'
    environments = ", ".join(
        f"{one}: {{region: eu-west-1}}"
        for one in chance.sample(["dev", "prod", "stage"], chance.randint(1, 3))
    )
    includes = ", ".join(
        f"{one}.yaml" for one in chance.sample(["web", "db"], chance.randint(0, 2))
    )
    broken = chance.choice(["", "", "", "wrong: 1\n", "values: {unused: 1}\n", "  bad\n"])
    if chance.random() < 0.15:
        specs.pop(name, None)
    elif fragment:
        specs[name] = f"version: v1\n{logs}{broken}"
    else:
        head = f"version: v1\nservice: {name}\nenvironments: {{{environments}}}\n"
        specs[name] = f"{head}{f'include: [{includes}]' if includes else ''}\n{logs}{broken}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edits_the_answer_is_that_of_a_run_without_cache(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - edits, not secrets
    folder = tmp_path / "specs"
    folder.mkdir()
    specs: dict[str, str] = {}
    codes = set()

    for _ in range(60):
        edit(specs, chance)
        for path in folder.iterdir():
            path.unlink()
        for name, text in specs.items():
            (folder / f"{name}.yaml").write_text(text, "utf-8")
        plain, cached = (
            call_watchspec("compile", "--no-lint", "--out", out, *flags, folder=tmp_path)
            for out, flags in (("plain", ["--no-cache"]), ("cached", []))
        )

        assert cached.stdout == plain.stdout
        assert cached.returncode == plain.returncode
        assert cached.stderr.replace("cached/", "plain/") == plain.stderr
        assert os.path.exists(tmp_path / "cached") == os.path.exists(tmp_path / "plain")
        assert read_tree(tmp_path / "cached") == read_tree(tmp_path / "plain")
        codes.add(plain.returncode)

    assert codes >= {0, 1}
