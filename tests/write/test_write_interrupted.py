"""However a run ends, each file is whole: the old one or the new one, never a mix."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from write.output_folder import compile_folder, read_tree, write_spec

pytestmark = pytest.mark.slow

ENVIRONMENTS = [f"e{number:02}" for number in range(8)]
COMPILE = [sys.executable, "-m", "watchspec", "compile", "--no-lint", "--out", "out"]
STEP_BY_STEP = """\
import json, os, sys
from pathlib import Path
from watchspec.cli import main

STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
sys.argv = ["watchspec", "compile", "--no-lint", "--out", "out"]


def choose(version):
    Path("specs").unlink(missing_ok=True)
    Path("specs").symlink_to(f"{version}/specs")


def compile_until(step):
    # In a process that ends, as if killed, before it does to `out` what would be that step, or
    # when a file that it opened is still empty.
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done, is_last = 0, False

    def watch(event, arguments):
        nonlocal done, is_last
        if event not in STEPS or not str(arguments[0]).startswith("out") or is_last:
            return
        done += 1
        if done == step:
            os._exit(9)
        if event == "open" and arguments[2] & os.O_TRUNC:
            done += 1
            if done == step:
                is_last = True
                open(arguments[0], "wb").close()
                os._exit(9)

    sys.addaudithook(watch)
    main()
    os._exit(0)


def read_out():
    return {str(path): path.read_text("utf-8") for path in Path("out").rglob("*") if path.is_file()}


choose("old")
main()
step, end = 0, 9
while end == 9:
    step += 1
    choose("old")
    compile_until(0)
    choose("new")
    end = compile_until(step)
    killed = read_out()
    compile_until(0)
    print(json.dumps([end, killed, read_out()]))
"""


def write_version(home: Path, days: int, *environments: str) -> dict[str, bytes]:
    """A version of a spec in a folder of its own, and its output."""
    home.mkdir()
    spec = write_spec(home, "shop", *environments)
    spec.write_text(
        spec.read_text("utf-8").replace("30 days", f"{days} days")
        + f"tags: {{days: '{days}'}}\n"
        + f"parameters: {{function: {{default: f{days}}}}}\n"
        + 'metrics: {m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${function}"}}}\n'
        + "dashboards: {main: {rows: [{graph: m}]}}\n",
        encoding="utf-8",
    )
    compile_folder(home, "--out", "out")
    return read_tree(home / "out")


def is_spare(name: str) -> bool:
    return Path(name).name.startswith(".watchspec-")


def test_run_that_ends_at_any_step_leaves_whole_files_and_the_next_run_puts_all_right(
    tmp_path: Path,
) -> None:
    old = write_version(tmp_path / "old", 30, "gone", "prod")
    new = write_version(tmp_path / "new", 60, "come", "prod")
    whole = [{f"out/{name}": data.decode() for name, data in tree.items()} for tree in (old, new)]

    run = subprocess.run(
        [sys.executable, "-c", STEP_BY_STEP],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    runs = [json.loads(line) for line in run.stdout.splitlines()]
    assert [end for end, _, _ in runs] == [9] * (len(runs) - 1) + [0]
    assert len(runs) > 20
    for _, killed, after in runs:
        for name, text in killed.items():
            assert is_spare(name) or text in [tree[name] for tree in whole if name in tree], name
        assert killed.keys() >= whole[0].keys() & whole[1].keys()
        assert after == whole[1]
    between = [killed for _, killed, _ in runs if killed not in whole]
    assert any(is_spare(name) for killed in between for name in killed)
    assert runs[0][1] == whole[0]


def test_writers_at_once_take_turns(tmp_path: Path) -> None:
    versions = [
        write_version(tmp_path / "old", 30, *ENVIRONMENTS),
        write_version(tmp_path / "new", 60, *ENVIRONMENTS),
    ]
    command = [*COMPILE[:-1], str(tmp_path / "out")]

    for _ in range(3):
        runs = [
            subprocess.Popen(command, cwd=tmp_path / folder, stderr=subprocess.PIPE)
            for folder in ("old", "new", "old", "new")
        ]
        ends = [(run.communicate()[1], run.returncode) for run in runs]

        assert [code for _, code in ends] == [0, 0, 0, 0], ends
        assert read_tree(tmp_path / "out") in versions


def test_services_compiled_at_once_keep_each_others_entries(tmp_path: Path) -> None:
    services = [f"s{number}" for number in range(6)]
    for service in services:
        write_spec(tmp_path, service, "dev", "prod")
    compile_folder(tmp_path, "--out", "together")

    runs = [
        subprocess.Popen([*COMPILE, f"specs/{service}.yaml"], cwd=tmp_path, stderr=subprocess.PIPE)
        for service in services
    ]
    ends = [(run.communicate()[1], run.returncode) for run in runs]

    assert [code for _, code in ends] == [0] * 6, ends
    assert read_tree(tmp_path / "out") == read_tree(tmp_path / "together")
