"""A checkout of the shipped spec for one test: `make` works in it, and it may be edited."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import yaml

from e2e.aws import BIN, Aws
from support import ROOT

EMAIL = "ops@example.com"
EUROPE = ("  prod:\n    region: us-east-1\n", "  prod:\n    region: eu-west-1\n")
"""An edit that moves prod to another Region."""
CPU_WARNING_AT_75 = (
    'levels: {normal: < 50%, warning: "> 70%", critical: "> 90%"}',
    'levels: {normal: < 50%, warning: "> 75%", critical: "> 90%"}',
)
"""An edit that changes the threshold of ecs-cpu-warning."""


class Project:
    """A folder with the Makefile, the spec, and the virtual environment the tests run in."""

    def __init__(self, folder: Path, *edits: tuple[str, str]) -> None:
        self.folder = folder
        for name in ("Makefile", "pyproject.toml", "requirements.txt"):
            shutil.copy(ROOT / name, folder)
        self.spec = folder / "specs" / "ai-video.yaml"
        self.spec.parent.mkdir()
        shutil.copy(ROOT / "specs" / "ai-video.yaml", self.spec)
        for old, new in edits:
            self.edit(old, new)
        # What `make` would install is installed: the tests run in it.
        (folder / ".venv").mkdir()
        (folder / ".venv" / "bin").symlink_to(BIN)
        (folder / ".venv" / ".runtime").touch()

    def edit(self, old: str, new: str) -> None:
        """Replace the one place in the spec where this text stands."""
        text = self.spec.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times in the spec: {old}"
        self.spec.write_text(text.replace(old, new), encoding="utf-8")

    def make(self, aws: Aws, *arguments: str) -> str:
        """Run make and give what it printed; it must succeed."""
        process = subprocess.Popen(
            ["make", *arguments],
            cwd=self.folder,
            env=aws.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout=240)
            said, _ = process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            ended = process.poll() is not None
            os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
            what = "left a process behind" if ended else "did not end"
            raise AssertionError(f"make {what}:\n{said}") from None
        assert code == 0, said
        return said

    def deploy(self, aws: Aws, environment: str, *arguments: str, email: str = EMAIL) -> str:
        """`make deploy` as a person types it."""
        return self.make(
            aws, "deploy", f"ENV={environment}", f"PARAMETERS=alert_email={email}", *arguments
        )

    def stacks(self, environment: str) -> list[dict[str, Any]]:
        """The stacks of an environment, in the order in which they are deployed."""
        path = self.folder / "templates" / "out" / environment / "stacks.json"
        stacks: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["stacks"]
        return stacks

    def template(self, environment: str, stack: str = "") -> dict[str, Any]:
        """The compiled template of a stack."""
        path = self.folder / "templates" / "out" / environment
        text = (path / f"{stack or f'{environment}-ai-video'}.yaml").read_text(encoding="utf-8")
        body: dict[str, Any] = yaml.safe_load(text)
        return body
