"""A spec and everything it includes."""

from __future__ import annotations

import hashlib
import os.path
from collections.abc import Iterator
from dataclasses import replace

from watchspec.diagnostics import Findings, Location, Outcome, say_circle, suggest_name
from watchspec.load import rules
from watchspec.load.files import decode_text, read_bytes
from watchspec.load.secrets import report_secrets
from watchspec.load.tree import MAX_DEPTH, MAX_FINDINGS, read_tree
from watchspec.model.source import Document, Map, Seq
from watchspec.model.test_files import find_owner, is_test_file


def load_spec(path: str, *, with_tests: bool = False) -> Outcome[tuple[Document, ...]]:
    """The documents of a spec: the file at `path` first, then the fragments it includes.

    Files are named as the user would: relative to where `path` is. Each fragment appears once;
    with tests, the files of tests beside the spec are fragments too.
    """
    found = Findings()
    documents: dict[str, Document] = {}
    path = os.path.normpath(path)
    if is_test_file(path) and find_owner(path) is None and os.path.exists(path):
        _report_orphan(path, found)
        return Outcome(None, tuple(found.items))
    _load(path, None, (), documents, found)
    for sibling in _list_siblings(path) if with_tests else ():
        if is_test_file(sibling) and find_owner(sibling) == path:
            _load(sibling, None, (), documents, found)
    return Outcome(None if found.have_errors() else tuple(documents.values()), tuple(found.items))


def _load(
    path: str,
    asked_at: Location | None,
    chain: tuple[str, ...],
    documents: dict[str, Document],
    found: Findings,
) -> None:
    if path in chain:
        message = f"files include each other: {say_circle(chain, path)}"
        found.error(rules.INCLUDE_CYCLE, message, asked_at)
        return
    if path in documents:
        return
    if len(chain) > MAX_DEPTH:
        message = f"files include each other more than {MAX_DEPTH} levels deep"
        found.error(rules.TOO_DEEP, message, asked_at)
        return
    shown_as = path.replace(os.sep, "/")
    data = read_bytes(path, shown_as, asked_at, found)
    if data is None:
        _suggest_file(path, asked_at, found)
        return
    inner = Findings()
    text = decode_text(data, shown_as, inner)
    digest = hashlib.sha256(data).hexdigest()
    document = None
    if text is not None and not report_secrets(text, shown_as, inner):
        document = read_tree(text, shown_as, digest, inner)
    found.items.extend(inner.items)
    if document is None:
        return
    documents[path] = document
    for name, place in _included(document.root):
        if os.path.isabs(name):
            message = f'the included path "{name}" is absolute'
            found.error(rules.INCLUDE_PATH, message, place, help="make it relative to this file")
            continue
        if len(found.items) >= MAX_FINDINGS:
            return
        target = os.path.normpath(os.path.join(os.path.dirname(path), name))
        _load(target, place, (*chain, path), documents, found)


def _included(root: Map) -> Iterator[tuple[str, Location]]:
    """Each included path with its place; a wrong shape is left to the shape check."""
    paths = root.get("include")
    if isinstance(paths, Seq):
        for name, place in paths.entries():
            if isinstance(name, str) and name:
                yield name, place


def _list_siblings(path: str) -> list[str]:
    """The files in the folder of a file, in alphabetical order, itself included."""
    folder = os.path.dirname(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return []  # that the file cannot be read either is found when it is
    return [os.path.join(folder, name) for name in sorted(names)]


def _report_orphan(path: str, found: Findings) -> None:
    name = os.path.basename(path)
    wanted = f"{name.partition('.')[0]}.yaml"
    specs = [os.path.basename(one) for one in _list_siblings(path) if not is_test_file(one)]
    found.error(
        rules.ORPHANED_TESTS,
        f'there is no spec "{wanted}" beside "{name}"',
        Location(path.replace(os.sep, "/")),
        hint=suggest_name(wanted, [one for one in specs if one.endswith((".yaml", ".yml"))]),
        help="name the file after its spec: shop.test.yaml holds tests of shop.yaml",
    )


def _suggest_file(path: str, asked_at: Location | None, found: Findings) -> None:
    if asked_at is None:
        return
    folder = os.path.dirname(path) or "."
    try:
        siblings = [name for name in os.listdir(folder) if name.endswith((".yaml", ".yml"))]
    except OSError:
        return
    hint = suggest_name(os.path.basename(path), siblings)
    if hint:
        found.items[-1] = replace(found.items[-1], hint=hint)
