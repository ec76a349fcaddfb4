"""A spec and its fragments become one tree; every place still points into its own file."""

from __future__ import annotations

from collections.abc import Sequence

from watchspec.diagnostics import Findings, Location, Related
from watchspec.model.source import Document, Map
from watchspec.model.test_files import is_test_file
from watchspec.validate import rules

_SETTINGS = frozenset({"values", "tags", "changes", "environments"})
"""Sections whose entries a spec may give again: its own go before those of a fragment."""
_OF_TESTS = frozenset({"version", "tests"})
"""All that a file of tests holds."""
_OF_ONE_FILE = frozenset({"version", "include", "service", "ignore"})


def join_documents(documents: Sequence[Document], found: Findings) -> Map:
    """One tree of all documents, the spec first."""
    spec, *fragments = documents
    root = _copy(spec.root)
    for fragment in fragments:
        if is_test_file(fragment.file):
            _check_tests(fragment.root, spec.file, found)
        elif "service" in fragment.root:
            found.error(
                rules.NOT_A_SPEC,
                "an included file names a service of its own",
                fragment.root.key_place("service"),
                help="remove the service: a spec includes fragments, not other specs",
            )
        _join(root, fragment.root, spec.file, is_setting=False, found=found, depth=0)
    return root


def _check_tests(root: Map, spec_file: str, found: Findings) -> None:
    for key in root:
        if key not in _OF_TESTS:
            message = f'"{key}" does not belong in a file of tests'
            help_text = f"write it in {spec_file}"
            found.error(rules.ONLY_TESTS, message, root.key_place(key), help=help_text)


def _join(
    target: Map, source: Map, spec_file: str, *, is_setting: bool, found: Findings, depth: int
) -> None:
    for key, value, key_place, value_place in source.entries():
        if depth == 0 and key in _OF_ONE_FILE:
            continue
        present = target.get(key)
        if key not in target:
            target.put(key, value, key_place, value_place)
        elif isinstance(present, Map) and isinstance(value, Map) and _may_join(depth, is_setting):
            joined = _copy(present)
            target.put(key, joined, *target.places[key])
            setting = is_setting or key in _SETTINGS
            _join(joined, value, spec_file, is_setting=setting, found=found, depth=depth + 1)
        elif not (target.key_place(key).file == spec_file and (is_setting or depth == 0)):
            _report(key, key_place, target.key_place(key), found)


def _may_join(depth: int, is_setting: bool) -> bool:  # noqa: FBT001
    """Sections join entry by entry; settings join all the way down, things are never mixed."""
    return depth == 0 or is_setting


def _report(key: str, place: Location, first: Location, found: Findings) -> None:
    found.error(
        rules.DEFINED_TWICE,
        f'"{key}" is given in two files',
        place,
        help='keep one; to alter what is included, write it under "changes"',
        related=[Related(first, "first given here")],
    )


def _copy(source: Map) -> Map:
    target = Map(source.start)
    for key, value, key_place, value_place in source.entries():
        target.put(key, value, key_place, value_place)
    return target
