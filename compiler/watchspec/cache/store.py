"""The folder of the cache. Whatever cannot be read in it counts as absent."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import watchspec
from watchspec.cache.codec import decode_diagnostic, decode_spec, encode_diagnostic, encode_spec
from watchspec.diagnostics import Diagnostic
from watchspec.model.compiled import CompiledSpec
from watchspec.model.template import Template

FOLDER = ".watchspec_cache"
_KEEP_SECONDS = 30 * 86_400
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of watchspec.\n"
"""Source: https://bford.info/cachedir/ (read 2026-11-24)"""


@dataclass(frozen=True, slots=True)
class Cache:
    """The entries below a folder; None = nothing is remembered."""

    folder: Path | None

    def find_spec(self, path: str) -> CompiledSpec | None:
        """What a spec was compiled to, if none of the files it was made from has changed."""
        entry = self._read("specs", _digest(path))
        if entry is None or entry.get("made_by") != _fingerprint():
            return None
        try:
            if any(_digest_file(name) != digest for name, digest in entry["inputs"].items()):
                return None
            return decode_spec(entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def keep_spec(self, path: str, compiled: CompiledSpec) -> None:
        """Remember what a spec was compiled to."""
        entry = encode_spec(compiled) | {"made_by": _fingerprint()}
        self._write("specs", _digest(path), entry)

    def find_lint(self, template: Template) -> tuple[Diagnostic, ...] | None:
        """What was found in a template of the same text."""
        entry = self._read("lint", _lint_key(template))
        try:
            return None if entry is None else tuple(map(decode_diagnostic, entry["findings"]))
        except (KeyError, TypeError, ValueError):
            return None

    def keep_lint(self, template: Template, findings: tuple[Diagnostic, ...]) -> None:
        """Remember what was found in a template."""
        self._write(
            "lint", _lint_key(template), {"findings": list(map(encode_diagnostic, findings))}
        )

    def sweep(self) -> None:
        """Remove what nobody asked for in a month, and what interrupted runs left behind."""
        if self.folder is None or self.folder.is_symlink():
            return
        oldest = time.time() - _KEEP_SECONDS
        for path in (*self.folder.glob("*/*.json"), *self.folder.glob("*/*.tmp")):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except OSError:
                continue

    def _read(self, kind: str, key: str) -> dict[str, Any] | None:
        if self.folder is None or self.folder.is_symlink():
            return None
        path = self.folder / kind / f"{key}.json"
        try:
            digest, _, payload = path.read_bytes().partition(b"\n")
            if hashlib.sha256(payload).hexdigest().encode() != digest:
                return None
            entry = json.loads(payload)
            os.utime(path)
        except (OSError, ValueError, RecursionError):
            return None
        return entry if isinstance(entry, dict) else None

    def _write(self, kind: str, key: str, entry: dict[str, Any]) -> None:
        """Write an entry, behind the digest that tells later whether it is whole."""
        if self.folder is None or self.folder.is_symlink():
            return
        payload = json.dumps(entry, ensure_ascii=True).encode()
        try:
            _prepare(self.folder, kind)
            handle, name = tempfile.mkstemp(dir=self.folder / kind, suffix=".tmp")
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
            Path(name).replace(self.folder / kind / f"{key}.json")
        except OSError:
            return  # a cache that cannot be written only costs time


def open_cache(*, enabled: bool) -> Cache:
    """The cache of the current folder, or one that remembers nothing."""
    return Cache(Path(FOLDER) if enabled else None)


def make_folder(name: str) -> str:
    """A folder in the cache of the current folder for what others keep there."""
    with suppress(OSError):  # whoever writes there is told
        _prepare(Path(FOLDER), name)
    return f"{FOLDER}/{name}"


def _prepare(folder: Path, kind: str) -> None:
    if (folder / kind).is_dir():
        return
    (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
        try:
            with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except FileExistsError:
            continue


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _digest_file(name: str) -> str:
    try:
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()
    except OSError:
        return ""


def _lint_key(template: Template) -> str:
    return _digest(
        "\0".join((_fingerprint(), template.region, repr(template.origins), template.text))
    )


@cache
def _fingerprint() -> str:
    """What made an entry: this package, the libraries that shape the output, and Python.

    Files count by size and time, which is what an installation or an edit changes.
    """
    package = Path(watchspec.__file__).parent
    files = [path for pattern in ("*.py", "*.json", "*.lark") for path in package.rglob(pattern)]
    for name in ("cfnlint", "jsonschema", "jsonschema_rs", "lark", "troposphere", "yaml"):
        found = find_spec(name)
        if found is not None and found.origin is not None:
            files.append(Path(found.origin))
    for candidate in (package / "schema", package.parent.parent / "schema"):
        files.extend(candidate.rglob("*.json"))
    state = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in sorted(files)]
    return _digest("\n".join([sys.version, *state]))
