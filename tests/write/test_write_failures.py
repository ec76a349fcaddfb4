"""A file that cannot be written is one finding, and then nothing has been replaced."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support import call_watchspec, run_watchspec
from write.output_folder import compile_folder, find_drift, read_tree, write_spec

COMPILE = [sys.executable, "-m", "watchspec", "compile", "--no-lint"]


def limit_file_size(size_bytes: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, size_bytes))


def obey_file_modes() -> None:
    """Take from a process of root what lets it write where nobody may."""
    drop_from_bounding_set, override_file_modes = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, override_file_modes, 0, 0, 0)


def one_finding(run: subprocess.CompletedProcess[str]) -> str:
    """The first line of the only finding of a run."""
    assert run.returncode == 1, run
    assert run.stderr == ""
    assert run.stdout.endswith("\n1 error\n")
    return run.stdout.splitlines()[0]


@pytest.mark.parametrize("in_the_way", ["templates/out/prod", "templates/out", "templates"])
def test_file_in_the_place_of_a_folder_is_a_finding(tmp_path: Path, in_the_way: str) -> None:
    write_spec(tmp_path, "shop", "prod")
    path = tmp_path / in_the_way
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"mine\n")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    shown = "templates/out/prod" if in_the_way == "templates/out/prod" else "templates/out"
    assert one_finding(run).startswith(f'error[file/cannot-write]: cannot write "{shown}": ')
    assert path.read_bytes() == b"mine\n"


@pytest.mark.parametrize("name", ["prod-shop.yaml", "prod-shop.parameters.json", "stacks.json"])
def test_folder_in_the_place_of_a_file_is_a_finding_and_no_file_is_replaced(
    tmp_path: Path, name: str
) -> None:
    spec = write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    spec.write_text(
        spec.read_text("utf-8")
        + "tags: {team: a}\nparameters: {f: {default: x}}\n"
        + 'metrics: {m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${f}"}}}\n'
        + "dashboards: {main: {rows: [{graph: m}]}}\n",
        encoding="utf-8",
    )
    path = tmp_path / "templates/out/prod" / name
    path.unlink()
    path.mkdir()
    before = read_tree(tmp_path / "templates")

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert one_finding(run) == (
        f'error[file/cannot-write]: cannot write "templates/out/prod/{name}": is a directory'
    )
    assert read_tree(tmp_path / "templates") == before


def test_output_folder_that_may_not_be_written_is_a_finding(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    out = tmp_path / "templates/out"
    out.mkdir(parents=True)
    out.chmod(0o555)

    run = run_watchspec("compile", "--no-lint", folder=tmp_path, preexec_fn=obey_file_modes)

    shown = "templates/out/prod"
    assert one_finding(run) == (
        f'error[file/cannot-write]: cannot write "{shown}": permission denied'
    )
    assert list(out.iterdir()) == []


def test_a_folder_that_needs_no_change_need_not_be_writable(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    for folder in (tmp_path / "templates/out/prod", tmp_path / "templates/out"):
        folder.chmod(0o555)

    run = run_watchspec("compile", "--no-lint", folder=tmp_path, preexec_fn=obey_file_modes)

    assert run.returncode == 0
    assert run.stderr == "1 spec, 1 stack: up to date\n"


@pytest.mark.parametrize("size_bytes", [0, 1, 100, 300])
def test_when_one_file_cannot_be_written_whole_no_file_is_replaced(
    tmp_path: Path, size_bytes: int
) -> None:
    spec = write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    before = read_tree(tmp_path / "templates")
    spec.write_text(
        spec.read_text("utf-8").replace("service: shop", "service: shop\nowner: me"), "utf-8"
    )

    run = run_watchspec(
        *("compile", "--no-lint", "--no-cache"),
        folder=tmp_path,
        preexec_fn=limit_file_size(size_bytes),
    )

    assert one_finding(run).endswith(": file too large")
    assert read_tree(tmp_path / "templates") == before


def test_a_full_disk_is_a_finding_and_leaves_the_old_files(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False).returncode:
        pytest.skip("this system lets nobody mount a file system of their own")
    spec = write_spec(tmp_path, "shop", "dev", "prod")
    compile_folder(tmp_path)
    shutil.copytree(tmp_path / "templates/out", tmp_path / "old")
    shutil.rmtree(tmp_path / "templates/out")
    (tmp_path / "templates/out").mkdir()
    spec.write_text(
        spec.read_text("utf-8").replace("service: shop", "service: shop\nowner: me"), "utf-8"
    )
    script = (
        "mount -t tmpfs -o size=48k none templates/out && cp -r old/. templates/out/ "
        "&& { head -c 1000000 /dev/zero > templates/out/filler 2> /dev/null; "
        '"$@"; echo exit $?; rm templates/out/filler; diff -r old templates/out && echo same; }'
    )

    run = subprocess.run(
        [unshare, "-rm", "sh", "-c", script, "sh", *COMPILE, "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stderr == ""
    lines = run.stdout.splitlines()
    assert lines[0].startswith("error[file/cannot-write]: cannot write ")
    assert lines[0].endswith(": no space left on device")
    assert lines[-2:] == ["exit 1", "same"]


def test_when_one_file_cannot_be_removed_no_file_is_replaced(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    till = write_spec(tmp_path, "till", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-till.yaml"
    template.unlink()
    template.mkdir()
    (template / "mine").write_text("mine\n", "utf-8")
    before = read_tree(tmp_path / "templates")
    till.unlink()

    run = call_watchspec("compile", "--no-lint", folder=tmp_path)

    assert one_finding(run).startswith("error[file/cannot-write]: ")
    assert read_tree(tmp_path / "templates") == before


def test_folder_in_the_place_of_a_file_spoils_no_later_run(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    till = write_spec(tmp_path, "till", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-till.yaml"
    template.unlink()
    template.mkdir()
    till.unlink()
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    shutil.rmtree(template, ignore_errors=True)

    code, _ = compile_folder(tmp_path)

    assert code == 0


@pytest.mark.parametrize("what", ["new", "old"])
def test_leftovers_of_an_interrupted_run_are_swept_away(tmp_path: Path, what: str) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    before = read_tree(tmp_path / "templates")
    leftover = tmp_path / f"templates/out/prod/.watchspec-prod-shop.yaml.{what}.tmp"
    leftover.write_text("half a templ", "utf-8")

    code, said = compile_folder(tmp_path)

    assert (code, said) == (0, [])
    assert read_tree(tmp_path / "templates") == before


def test_folder_that_holds_only_leftovers_is_swept_away(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    leftover = tmp_path / "templates/out/dev/.watchspec-stacks.json.old.tmp"
    leftover.parent.mkdir(parents=True)
    leftover.write_text("{}", "utf-8")

    compile_folder(tmp_path)

    assert not leftover.parent.exists()


def test_check_does_not_sweep_leftovers(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    leftover = tmp_path / "templates/out/prod/.watchspec-prod-shop.yaml.new.tmp"
    leftover.write_text("half a templ", "utf-8")

    found = find_drift(tmp_path)

    assert found == []
    assert leftover.exists()


def test_a_named_pipe_in_the_place_of_a_template_holds_nobody_up(tmp_path: Path) -> None:
    write_spec(tmp_path, "shop", "prod")
    compile_folder(tmp_path)
    template = tmp_path / "templates/out/prod/prod-shop.yaml"
    template.unlink()
    os.mkfifo(template)

    run = subprocess.run(COMPILE, cwd=tmp_path, capture_output=True, timeout=60, check=False)

    assert run.returncode == 0
    assert template.is_file()
