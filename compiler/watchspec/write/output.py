"""The output folder: what it should hold, what it holds, and the difference."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from watchspec.diagnostics import Diagnostic, Findings, Location, Outcome, Severity
from watchspec.model.template import Template
from watchspec.write import rules
from watchspec.write.atomic import Replacement, hold_folder, replace_all, sweep_leftovers
from watchspec.write.files import (
    STACKS_FILE,
    describe_stack,
    name_files,
    read_stacks,
    write_parameters,
    write_stacks,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one file of the output folder."""

    path: str
    kind: Literal["created", "updated", "removed"]
    reason: str = ""


def write_templates(
    templates: Iterable[Template],
    folder: Path,
    *,
    environments: frozenset[str] | None,
    services: frozenset[str] | None,
    dry_run: bool = False,
) -> Outcome[tuple[Change, ...]]:
    """Bring the output folder up to date, and say what changed.

    `environments` and `services` are those that were compiled, None = all there are: the files of
    stacks that are theirs and are no longer made are removed, all other files stay. With `dry_run`
    nothing is written. Either all files are replaced or, when one cannot be written, none.
    """
    found = Findings()
    templates = tuple(templates)
    _check_names(templates, found)
    if found.have_errors():
        return Outcome(None, tuple(found.items))
    try:
        with hold_folder(folder, dry_run=dry_run):
            replacements, changes = _plan(templates, folder, environments, services, found)
            if found.have_errors():
                return Outcome(None, tuple(found.items))
            if not dry_run:
                sweep_leftovers(folder)
                replace_all(replacements)
    except OSError as error:
        help_text = "mend that, or choose another folder with --out; nothing was replaced"
        found.error(rules.CANNOT_WRITE, _explain(error, folder), None, help=help_text)
        return Outcome(None, tuple(found.items))
    return Outcome(tuple(changes), tuple(found.items))


def write_file(path: Path, text: str | None) -> tuple[Diagnostic, ...]:
    """Replace a file by a new text, or remove it; the error if that cannot be done."""
    try:
        if text is None:
            path.unlink(missing_ok=True)
        else:
            replace_all([Replacement(path, text)])
    except OSError as error:
        help_text = "mend that, and run it again"
        message = _explain(error, path)
        return (rules.CANNOT_WRITE.find(Severity.ERROR, message, None, help=help_text),)
    return ()


def _explain(error: OSError, path: Path) -> str:
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    if isinstance(error, FileExistsError):  # what making a folder says of a file
        reason = "it is a file, not a folder"
    return f'cannot write "{error.filename or path}": {reason}'


def describe_drift(changes: Iterable[Change]) -> Iterator[Diagnostic]:
    """An error for each file that is not what the specs say."""
    words = {"created": "is missing", "updated": "is out of date", "removed": "should be gone"}
    for change in changes:
        reason = f": {change.reason}" if change.reason else ""
        message = f'"{change.path}" {words[change.kind]}{reason}'
        place = Location(change.path)
        yield rules.STALE.find(Severity.ERROR, message, place, help="run  watchspec compile")


def _check_names(templates: tuple[Template, ...], found: Findings) -> None:
    seen: dict[str, Template] = {}
    for template in templates:
        key = f"{template.environment}/{template.stack_name}".lower()
        first = seen.setdefault(key, template)
        if first is not template:
            message = f'"{template.stack_name}" and "{first.stack_name}" would share a file'
            found.error(rules.SAME_FILE, message, template.place, help="rename one of them")


def _plan(
    templates: tuple[Template, ...],
    folder: Path,
    environments: frozenset[str] | None,
    services: frozenset[str] | None,
    found: Findings,
) -> tuple[list[Replacement], list[Change]]:
    """Every file that has to be written or removed."""
    replacements: list[Replacement] = []
    changes: list[Change] = []
    known = {path.parent.name for path in folder.glob(f"*/{STACKS_FILE}") if path.is_file()}
    wanted = known | {template.environment for template in templates}
    for environment in sorted(wanted if environments is None else environments):
        own = [template for template in templates if template.environment == environment]
        before = _read_list(folder / environment, services, found)
        if before is None and not own:
            continue  # somebody else's folder, in which nothing is ours
        before = before or []
        _plan_environment(own, folder / environment, before, services, replacements, changes)
    return replacements, changes


def _read_list(
    folder: Path, services: frozenset[str] | None, found: Findings
) -> list[dict[str, Any]] | None:
    """What the list of an environment says, None if it is not one of ours.

    A folder that is a link is never written to.
    """
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "", str(folder))
    if not os.path.lexists(folder / STACKS_FILE):
        return []
    entries = read_stacks(_read(folder / STACKS_FILE) or "", folder.name)
    if entries is None and services is not None:
        message = f'"{_show(folder / STACKS_FILE)}" is not a list of stacks'
        help_text = "compile all specs, so that it is written anew"
        found.error(rules.UNREADABLE_LIST, message, None, help=help_text)
    return entries


def _plan_environment(
    templates: list[Template],
    folder: Path,
    before: list[dict[str, Any]],
    services: frozenset[str] | None,
    replacements: list[Replacement],
    changes: list[Change],
) -> None:
    entries = {template.stack_name: describe_stack(template) for template in templates}
    kept = [
        entry
        for entry in before
        if services is not None
        and entry.get("service") not in services
        and entry["name"] not in entries
    ]
    gone = [entry for entry in before if entry not in kept and entry["name"] not in entries]
    contents: dict[str, str] = {}
    for template in templates:
        template_file, parameters_file = name_files(template.stack_name)
        contents[template_file] = template.text
        contents[parameters_file] = write_parameters(template)
    if entries or kept:
        ordered = sorted([*entries.values(), *kept], key=lambda entry: str(entry["name"]))
        contents[STACKS_FILE] = write_stacks(ordered)
    for name, text in contents.items():
        path = folder / name
        _refuse_folder(path)
        present = _read(path)
        if present != text:
            replacements.append(Replacement(path, text))
            changes.append(Change(_show(path), "created" if present is None else "updated"))
    stale = [
        (name, f"stack {entry['name']} is gone")
        for entry in gone
        for name in name_files(str(entry["name"]))
    ]
    if STACKS_FILE not in contents:
        stale.append((STACKS_FILE, "no stack is left"))
    for name, reason in stale:
        path = folder / name
        if name not in contents and os.path.lexists(path):
            _refuse_folder(path)
            replacements.append(Replacement(path, None))
            changes.append(Change(_show(path), "removed", reason))


def _read(path: Path) -> str | None:
    """The text of a file of ours; None for anything else, so that it is written anew."""
    try:
        is_file = stat.S_ISREG(path.lstat().st_mode)
        return path.read_bytes().decode("utf-8") if is_file else None
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None


def _refuse_folder(path: Path) -> None:
    """Raise OSError for a folder in the place of a file, before any other file is replaced."""
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, "", str(path))


def _show(path: Path) -> str:
    return path.as_posix()
