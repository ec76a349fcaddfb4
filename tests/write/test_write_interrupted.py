"""However a run ends, each file is whole: the old one or the new one, never a mix."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from write.output_folder import compile_folder, read_tree, write_spec

pytestmark = pytest.mark.slow

KILLS = 120
ENVIRONMENTS = [f"e{number:02}" for number in range(20)]
COMPILE = [sys.executable, "-m", "watchspec", "compile", "--no-lint", "--out", "out"]


def write_versions(folder: Path) -> list[dict[str, bytes]]:
    """Two versions of a spec in folders of their own, and the output of each."""
    outputs = []
    for days in (30, 60):
        home = folder / f"{days}-days"
        home.mkdir()
        spec = write_spec(home, "shop", *ENVIRONMENTS)
        spec.write_text(
            spec.read_text("utf-8").replace("30 days", f"{days} days")
            + f"tags: {{days: '{days}'}}\n"
            + f"parameters: {{function: {{default: f{days}}}}}\n"
            + 'metrics: {m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${function}"}}}\n'
            + "dashboards: {main: {rows: [{graph: m}]}}\n",
            encoding="utf-8",
        )
        compile_folder(home, "--out", "out")
        outputs.append(read_tree(home / "out"))
    return outputs


def test_killed_runs_leave_whole_files_and_nothing_else_for_long(tmp_path: Path) -> None:
    old, new = write_versions(tmp_path)
    assert all(old[name] != new[name] for name in old)
    shared = tmp_path / "shared"
    shared.mkdir()
    specs = shared / "specs"
    chance = random.Random(77)  # noqa: S311 - moments, not secrets
    started = time.monotonic()
    specs.symlink_to(tmp_path / "30-days/specs")
    subprocess.run([*COMPILE, "--no-cache"], cwd=shared, check=True, capture_output=True)
    usual_seconds = time.monotonic() - started
    leftovers = 0

    for number in range(KILLS):
        specs.unlink()
        specs.symlink_to(tmp_path / ("60-days/specs" if number % 2 == 0 else "30-days/specs"))
        with subprocess.Popen(COMPILE, cwd=shared, stderr=subprocess.PIPE) as run:
            time.sleep(chance.uniform(0.2, 1.0) * usual_seconds)
            run.send_signal(signal.SIGKILL)
            run.communicate()
        found = read_tree(shared / "out")
        spare = {name for name in found if Path(name).name.startswith(".watchspec-")}
        for name in found.keys() - spare:
            assert found[name] in (old[name], new[name]), name
        assert found.keys() - spare == old.keys()
        leftovers += bool(spare)

    subprocess.run(COMPILE, cwd=shared, check=True, capture_output=True)
    assert read_tree(shared / "out") == old
    assert leftovers > 0, "no run was killed while it wrote: the test shows nothing"


def test_writers_at_once_take_turns(tmp_path: Path) -> None:
    old, new = write_versions(tmp_path)
    out = str(tmp_path / "out")
    command = [*COMPILE[:-1], out]

    for _ in range(6):
        runs = [
            subprocess.Popen(command, cwd=tmp_path / folder, stderr=subprocess.PIPE)
            for folder in ("30-days", "60-days", "30-days", "60-days")
        ]
        ends = [(run.communicate()[1], run.returncode) for run in runs]

        assert [code for _, code in ends] == [0, 0, 0, 0], ends
        assert read_tree(tmp_path / "out") in (old, new)


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
