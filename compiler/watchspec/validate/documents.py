"""Shape checks of files and of expanded trees, and the joining of a spec with its fragments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from watchspec.diagnostics import Findings, Location, Outcome
from watchspec.model.source import Document, Map, Spec
from watchspec.validate import rules
from watchspec.validate.bodies import check_raw_widgets
from watchspec.validate.fragments import join_documents
from watchspec.validate.schema import quick_validator
from watchspec.validate.versions import NEWEST, upgrade


def validate_documents(documents: Sequence[Document]) -> Outcome[Spec]:
    """The spec that is made of a file and the fragments it includes.

    The first document is the spec, the others are its fragments; all are checked against the
    schema on their own, so that each finding is reported once.
    """
    found = Findings()
    checked = [_validate_document(document, found) for document in documents]
    if found.have_errors():
        return Outcome(None, tuple(found.items))
    root = join_documents([document for document in checked if document is not None], found)
    spec = None if found.have_errors() else _make_spec(documents[0].file, root, found)
    return Outcome(None if found.have_errors() else spec, tuple(found.items))


def validate_expanded(root: Map) -> Outcome[Map]:
    """The same tree, checked again once values, changes and lists are written out."""
    found = Findings()
    _check_shape(root, found, is_expanded=True)
    if found.have_errors():
        return Outcome(None, tuple(found.items))
    # A raw widget can be emitted as it is: whether CloudWatch takes it is no reason to stop here.
    check_raw_widgets(root, found)
    return Outcome(root, tuple(found.items))


def validate_project(document: Document) -> Outcome[Map]:
    """The tree of a project file, if it has the shape of one."""
    found = Findings()
    _check_shape(document.root, found, kind="project")
    return Outcome(None if found.have_errors() else document.root, tuple(found.items))


def _validate_document(document: Document, found: Findings) -> Document | None:
    root = upgrade(document.root, document.file, found)
    if root is None:
        return None
    _check_shape(root, found)
    return replace(document, root=root)


def _check_shape(
    root: Map, found: Findings, *, kind: str = "spec", is_expanded: bool = False
) -> None:
    if quick_validator(NEWEST, kind).is_valid(root):
        return
    # jsonschema takes a tenth of a second to import; it is only wanted to say why not.
    from watchspec.validate.shape import explain_shape  # noqa: PLC0415

    known = len(found.items)
    explain_shape(root, NEWEST, found, kind=kind, is_expanded=is_expanded)
    if len(found.items) == known:
        message = "the two validators of the schema disagree"
        raise AssertionError(message)


def _make_spec(file: str, root: Map, found: Findings) -> Spec | None:
    service = root.get("service")
    environments = root.get("environments")
    if not isinstance(service, str):
        found.error(
            rules.NOT_A_SPEC,
            "the file is a fragment: it names no service",
            Location(file),
            help='include it from a spec, or add "service" and "environments"',
        )
    elif not isinstance(environments, Map):
        found.error(
            rules.MISSING_KEY,
            "the spec names no environments",
            root.key_place("service"),
            help="add them, for example  environments: {prod: {region: eu-west-1}}",
        )
    else:
        for name, environment in environments.items():
            if isinstance(environment, Map) and "region" not in environment:
                message = f'environment "{name}" has no region'
                found.error(rules.MISSING_KEY, message, environments.key_place(name))
        return Spec(file, service, root, tuple(environments))
    return None
