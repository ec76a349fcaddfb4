"""Files meant to break a reader, through the command line in a small process of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

HOSTILE = ROOT / "tests" / "data" / "hostile"
FILES = sorted(path.name for path in HOSTILE.glob("*.yaml"))
MEBIBYTE = 1024 * 1024
MEMORY_MEBIBYTES = 256
CPU_SECONDS = 20
"""Many times what is needed: this ends what would never end."""

CONFINED = """\
import resource, sys
memory, cpu = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
from watchspec.cli import main
sys.argv[1:] = sys.argv[3:]
main()
"""


def compile_confined(file: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Compile a file in a process with little memory, which is killed if it takes much too long."""
    limits = [str(MEMORY_MEBIBYTES * MEBIBYTE), str(CPU_SECONDS)]
    command = ["compile", "--no-lint", "--no-cache", "--out", "out", file.name]
    return subprocess.run(
        [sys.executable, "-c", CONFINED, *limits, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_there_are_files_of_every_kind() -> None:
    assert len(FILES) >= 60


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of Unix")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_a_finding_in_little_time_and_memory(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    shutil.copy(HOSTILE / name, file)

    done = compile_confined(file, tmp_path)

    assert done.returncode == 1, done.stderr
    assert re.search(r"^error\[[a-z-]+/[a-z0-9-]+\]: .", done.stdout, re.MULTILINE)
    assert re.search(rf"^ +--> {re.escape(name)}:\d+:\d+$", done.stdout, re.MULTILINE)
    for python in (
        "Traceback",
        "object has no attribute",
        "Error(",
        "Exception",
        "invalid literal",
    ):
        assert python not in done.stdout + done.stderr
    assert done.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == [name]
