"""YAML text in, located tree out, built from parser events without recursion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import yaml

from watchspec.diagnostics import Findings, Location, Related
from watchspec.load import rules
from watchspec.load.scalars import FORBIDDEN, Refusal, describe_forbidden, resolve_plain
from watchspec.load.syntax import explain_syntax_error
from watchspec.model.source import Document, Map, Node, Seq

MAX_DEPTH = 64
_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
MAX_VALUES = 250_000
MAX_FINDINGS = 500
_SHOWN_CHARACTERS = 20


class _StopReadingError(Exception):
    """Ends the walk: nothing after this point can be read. The finding is already recorded."""


@dataclass(slots=True)
class _Anchor:
    """What an alias stands for; `node` is a container, open until its end event was seen."""

    node: Node
    place: Location
    size: int = 0
    is_open: bool = False


@dataclass(slots=True)
class _Frame:
    """A container that is being read, and the key that waits for its value."""

    node: Map | Seq
    place: Location
    first_value: int
    anchor: _Anchor | None
    key: str | None = None
    key_place: Location | None = None
    skips_value: bool = False


def read_tree(text: str, file: str, digest: str, found: Findings) -> Document | None:
    """The document of a text, or None with findings; `digest` is that of the file."""
    if _refuse_characters(text, file, found):
        return None
    builder = _Builder(text, file, found)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
            if len(found.items) >= MAX_FINDINGS:
                last = found.items[-1]
                found.items[-1] = replace(last, message=f"{last.message}; what follows is not read")
                return None
    except _StopReadingError:
        return None
    except yaml.MarkedYAMLError as error:
        # libyaml, which looks ahead, has a limit of its own, larger than ours.
        if error.problem == "exceeded maximum nesting depth" and error.problem_mark is not None:
            mark = error.problem_mark
            place = Location(file, mark.line + 1, mark.column + 1)
            found.error(rules.TOO_DEEP, _TOO_DEEP, place)
        else:
            explain_syntax_error(error, text, file, found)
        return None
    root = builder.root
    if not isinstance(root, Map):
        _report_root(builder, text, file, found)
        return None
    return None if found.have_errors() else Document(file, root, digest)


def _refuse_characters(text: str, file: str, found: Findings) -> bool:
    """Report forbidden characters, the first of them one by one; whether there are any."""
    line, counted = 1, 0
    matches = list(FORBIDDEN.finditer(text))
    for match in matches[:_SHOWN_CHARACTERS]:
        line += text.count("\n", counted, match.start())
        counted = match.start()
        column = match.start() - text.rfind("\n", 0, match.start())
        place = Location(file, line, column, 1)
        message = f"forbidden character {describe_forbidden(match.group())}"
        rest = len(matches) - _SHOWN_CHARACTERS
        if rest > 0 and match is matches[_SHOWN_CHARACTERS - 1]:
            message += f"; {rest:,} more follow"
        found.error(rules.FORBIDDEN_CHARACTER, message, place)
    return bool(matches)


def _report_root(builder: _Builder, text: str, file: str, found: Findings) -> None:
    place = Location(file)
    if builder.has_document:
        kind = "a list" if isinstance(builder.root, Seq) else "a single value"
        message = f"the file holds {kind}, not a mapping"
    elif text.strip():
        message = "the file holds only comments"
    else:
        message = "the file is empty"
    found.error(rules.NO_CONTENT, message, place, help='begin the spec with "version: v1"')


class _Builder:
    """Takes parser events one by one; memory and depth stay bounded whatever comes."""

    def __init__(self, text: str, file: str, found: Findings) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.last_line = text.count("\n")
        self.last_column = len(text) - text.rfind("\n") - 1
        self.found = found
        self.root: Node = None
        self.has_document = False
        self.values = 0
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Anchor] = {}
        self.handlers = {
            yaml.ScalarEvent: self.take_scalar,
            yaml.MappingStartEvent: self.open_container,
            yaml.SequenceStartEvent: self.open_container,
            yaml.MappingEndEvent: self.close_container,
            yaml.SequenceEndEvent: self.close_container,
            yaml.AliasEvent: self.take_alias,
            yaml.DocumentStartEvent: self.start_document,
        }

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events share no typed base
        handler = self.handlers.get(type(event))
        if handler is not None:
            handler(event)

    def start_document(self, event: Any) -> None:  # noqa: ANN401
        if self.has_document:
            self.found.error(
                rules.SEVERAL_DOCUMENTS,
                "a second document begins here",
                self.place(event),
                help="keep one document in a file",
            )
            raise _StopReadingError
        self.has_document = True

    def take_scalar(self, event: Any) -> None:  # noqa: ANN401
        text: str = event.value
        place = self.place(event)
        if event.tag is not None:
            self.refuse_tag(event)
        forbidden = FORBIDDEN.search(text)
        if forbidden is not None:
            message = f"forbidden character {describe_forbidden(text)}"
            self.found.error(rules.FORBIDDEN_CHARACTER, message, place)
            text = FORBIDDEN.sub("", text)
        if self.awaits_key():
            self.take_key(text, place, is_plain=event.implicit[0])
            return
        value: Node = text
        if event.implicit[0] and forbidden is None:
            resolved = resolve_plain(text)
            if isinstance(resolved, Refusal):
                self.found.error(resolved.rule, resolved.message, place, help=resolved.help)
            else:
                value = resolved
        self.count(1, place)
        if event.style == "|":
            place = self.place_block(place, text)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(value, place, 1)
        self.add(value, place)

    def take_key(self, text: str, place: Location, *, is_plain: bool) -> None:
        frame = self.stack[-1]
        frame.key, frame.key_place, frame.skips_value = text, place, False
        if is_plain and text in {"", "~", "null", "Null", "NULL"}:
            self.found.error(rules.BAD_KEY, "a key is empty", place, help="give it a name")
            frame.skips_value = True
        elif is_plain and text == "<<":
            self.found.error(
                rules.MERGE_KEY,
                'the merge key "<<" is not supported',
                place,
                help="use include, for_each or values instead",
            )
            raise _StopReadingError
        elif text in frame.node:
            assert isinstance(frame.node, Map)
            first = frame.node.key_place(text)
            self.found.error(
                rules.DUPLICATE_KEY,
                f'the key "{text}" stands twice in one mapping',
                place,
                help="remove or rename one of the two",
                related=[Related(first, "first given here")],
            )
            frame.skips_value = True

    def open_container(self, event: Any) -> None:  # noqa: ANN401
        place = self.place(event)
        if event.tag is not None:
            self.refuse_tag(event)
        if self.awaits_key():
            message = "a list or a mapping cannot be a key"
            self.found.error(rules.BAD_KEY, message, place, help="give the entry a name")
            raise _StopReadingError
        if len(self.stack) >= MAX_DEPTH:
            self.found.error(rules.TOO_DEEP, _TOO_DEEP, place)
            raise _StopReadingError
        node = Map(place) if type(event) is yaml.MappingStartEvent else Seq(place)
        anchor = None
        if event.anchor is not None:
            anchor = self.anchors[event.anchor] = _Anchor(node, place, is_open=True)
        self.count(1, place)
        self.stack.append(_Frame(node, place, self.values, anchor))

    def close_container(self, _event: Any) -> None:  # noqa: ANN401
        frame = self.stack.pop()
        if frame.anchor is not None:
            frame.anchor.is_open = False
            frame.anchor.size = self.values - frame.first_value + 1
        self.add(frame.node, frame.place)

    def take_alias(self, event: Any) -> None:  # noqa: ANN401
        place = self.place(event)
        if self.awaits_key():
            self.found.error(rules.BAD_KEY, "an alias cannot be a key", place)
            raise _StopReadingError
        anchor = self.anchors.get(event.anchor)
        if anchor is None or anchor.is_open:
            what = "has no anchor above it" if anchor is None else "refers to the value it is in"
            self.found.error(rules.BAD_ALIAS, f"*{event.anchor} {what}", place)
            raise _StopReadingError
        self.count(anchor.size, place)
        self.add(anchor.node, place)

    def awaits_key(self) -> bool:
        """Whether the next scalar is a key."""
        return bool(self.stack) and type(self.stack[-1].node) is Map and self.stack[-1].key is None

    def add(self, value: Node, place: Location) -> None:
        """Put a finished value where it belongs."""
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.node, Seq):
            frame.node.put(value, place)
            return
        assert frame.key is not None
        assert frame.key_place is not None
        if not frame.skips_value:
            frame.node.put(frame.key, value, frame.key_place, place)
        frame.key = None

    def count(self, values: int, place: Location) -> None:
        """Count values as they would be with every alias written out."""
        self.values += values
        if self.values > MAX_VALUES:
            message = f"more than {MAX_VALUES:,} values once aliases are written out"
            self.found.error(rules.TOO_LARGE, message, place)
            raise _StopReadingError

    def refuse_tag(self, event: Any) -> None:  # noqa: ANN401
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self.found.error(
            rules.TAG,
            f'the tag "{tag}" is not supported',
            self.place(event),
            help="remove the tag; a reference is written ${name}",
        )
        raise _StopReadingError

    def place_block(self, place: Location, text: str) -> Location:
        """The place of a literal block, which knows where its lines begin."""
        at, line = next(((at, one) for at, one in enumerate(text.split("\n")) if one), (0, ""))
        written = "".join(self.lines[place.line + at : place.line + at + 1])
        indent = written.removesuffix(line)
        # An anchor on a line of its own begins the block for libyaml, but not for its lines.
        if not line or indent.strip(" ") or indent == written:
            return place
        return place._replace(block=text, indent=len(indent))

    def place(self, event: Any) -> Location:  # noqa: ANN401
        start, end = event.start_mark, event.end_mark
        if start.line > self.last_line:  # libyaml ends every file with a line end
            return Location(self.file, self.last_line + 1, self.last_column + 1)
        width = end.column - start.column if end.line == start.line else 0
        return Location(self.file, start.line + 1, start.column + 1, width)
