"""The wheel holds all that is needed and nothing else, is built the same each time, and works."""

from __future__ import annotations

import hashlib
import os
import shutil
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

PARTS = ("compiler", "schema", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md")
SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
"""


def copy_project(folder: Path) -> Path:
    """The files a wheel is made from, without anything that was made from them."""
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copyfile(source, folder / name)
    return folder


def build(project: Path, kind: str = "wheel") -> Path:
    """What a build gives, at a fixed moment."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind],
        cwd=project,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1577836800"},
        capture_output=True,
        check=True,
    )
    [made] = (project / "dist").glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(copy_project(tmp_path_factory.mktemp("project")))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a virtual environment that holds the wheel and, elsewhere, what it needs."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", programs / "python"),
            *("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"),
            wheel,
        ],
        check=True,
    )
    [packages] = home.glob("lib/python*/site-packages")
    libraries = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (packages / "libraries.pth").write_text("\n".join(libraries) + "\n", "utf-8")
    return programs


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command that knows of no checkout."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_wheel_is_the_same_wherever_and_whenever_it_is_built(wheel: Path, tmp_path: Path) -> None:
    again = copy_project(tmp_path / "somewhere" / "else")
    for number, path in enumerate(sorted(again.rglob("*"))):
        os.utime(path, (1_000_000_000 + number,) * 2)
        if path.is_file():
            path.chmod(0o600 if number % 2 else 0o664)

    second = build(again)

    assert second.name == wheel.name
    assert digest(second) == digest(wheel)


def test_wheel_from_the_source_distribution_is_the_same(wheel: Path, tmp_path: Path) -> None:
    archive = build(copy_project(tmp_path / "project"), "sdist")
    shutil.unpack_archive(archive, tmp_path / "unpacked", filter="data")
    [project] = (tmp_path / "unpacked").iterdir()

    assert digest(build(project)) == digest(wheel)


def test_wheel_holds_every_source_the_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    package = ROOT / "compiler/watchspec"
    expected = {
        f"watchspec/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {
        f"watchspec/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "schema").rglob("*")
        if path.is_file()
    }
    held = {name for name in names if ".dist-info/" not in name}
    assert held == expected
    assert len(names) == len(set(names))
    assert held >= {
        "watchspec/schema/v1/spec.schema.json",
        "watchspec/catalog/metrics.json",
        "watchspec/languages/alarm_rules.lark",
        "watchspec/scaffold/first_spec.yaml",
    }
    assert not [
        name for name in names if name.startswith("tests/") or name.endswith((".pyc", ".orig"))
    ]


def test_wheel_names_its_licence_and_its_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    about = {name.partition(".dist-info/")[2] for name in archive.namelist()}

    assert {"METADATA", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"} <= about
    [entry_points] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert "watchspec = watchspec.cli:main" in archive.read(entry_points).decode()


def test_installed_command_knows_its_own_schema(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "watchspec", "schema", "--path", folder=tmp_path)
    printed = run(installed / "watchspec", "schema", folder=tmp_path)

    assert where.returncode == 0, where.stderr
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    assert printed.stdout.encode() == (ROOT / "schema/v1/spec.schema.json").read_bytes()


def test_installed_command_begins_and_compiles_anywhere(installed: Path, tmp_path: Path) -> None:
    begun = run(installed / "watchspec", "init", "shop", folder=tmp_path)
    compiled = run(installed / "watchspec", "compile", folder=tmp_path)

    assert begun.returncode == 0, begun.stderr
    assert (compiled.returncode, compiled.stdout) == (0, ""), compiled.stderr
    assert compiled.stderr.splitlines()[-1] == "1 spec, 2 stacks: 6 files changed"


def test_installed_command_gives_the_output_of_a_checkout(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "specs", tmp_path / "specs")

    compiled = run(installed / "watchspec", "compile", "--no-lint", folder=tmp_path)

    assert compiled.returncode == 0, compiled.stderr
    for path in (ROOT / "templates/out").rglob("*.*"):
        made = tmp_path / path.relative_to(ROOT)
        assert made.read_bytes() == path.read_bytes(), path.name


def test_checkout_needs_no_installation(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (tmp_path / "spec.yaml").write_text(SPEC, "utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(project / "compiler")}

    answers = [
        subprocess.run(
            [sys.executable, "-m", "watchspec", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for arguments in (["schema", "--path"], ["schema"], ["compile", "spec.yaml", "--no-lint"])
    ]

    assert answers[0].strip() == str(project / "schema/v1/spec.schema.json")
    assert answers[1].encode() == (ROOT / "schema/v1/spec.schema.json").read_bytes()
    assert (tmp_path / "templates/out/prod/prod-shop.yaml").exists()
