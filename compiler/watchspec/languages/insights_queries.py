"""A CloudWatch Logs Insights query: text in, commands out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from watchspec.languages.parsing import REMEMBERED, Problem, parse_text
from watchspec.model.insights_queries import (
    Call,
    Choose,
    Command,
    Field,
    Filter,
    Limit,
    Listing,
    Named,
    Operation,
    Other,
    Parse,
    Period,
    Regex,
    Select,
    Sort,
    Stats,
    Subquery,
    Term,
    Unnest,
    Value,
)

_KINDS: dict[str, Literal["number", "text", "word", "parameter", "star"]] = {
    "NUMBER": "number",
    "STRING": "text",
    "WORD_VALUE": "word",
    "PARAMETER": "parameter",
    "STAR": "star",
}
_QUOTES = re.compile(r"`([^`]*)`")


@lru_cache(maxsize=REMEMBERED)
def parse_insights_query(text: str) -> tuple[Command, ...] | Problem:
    """The commands of a query, or what is wrong with it; those asked for lately are remembered."""
    tree = parse_text("insights_queries", "query", text)
    if isinstance(tree, Problem):
        return tree
    reader = _Reader(text)
    return tuple(reader.command(one) for one in tree.children if hasattr(one, "data"))


class _Reader:
    """Makes commands and terms of the trees of lark."""

    def __init__(self, text: str) -> None:
        self.text = text

    def command(self, tree: Any) -> Command:  # noqa: ANN401, PLR0911 - a case for each command
        children = tree.children
        word, offset = str(children[0]).lower(), children[0].start_pos
        rest = [child for child in children[1:] if hasattr(child, "data")]
        match tree.data:
            case "select":
                return Select(word, self.all_named(rest), offset)
            case "filter":
                return Filter(word, self.term(rest[0]), offset)
            case "stats":
                groups = rest.pop().children if rest[-1].data == "by" else ()
                named = [one for one in groups if hasattr(one, "data")]
                return Stats(word, self.all_named(rest), self.all_named(named), offset)
            case "sort":
                return Sort(word, self.terms(key.children[0] for key in rest), offset)
            case "limit":
                count = children[-1]
                return Limit(word, int(count) if count.type == "WHOLE" else None, offset)
            case "dedup" | "pattern":
                return Choose(word, self.terms(rest), offset)
            case "parse":
                return self.parse(word, children[1:], offset)
            case "unnest":
                return Unnest(word, self.term(rest[0]), _name(rest[-1].children[0]), offset)
            case _:
                return Other(word, offset)

    def parse(self, word: str, children: list[Any], offset: int) -> Parse:
        trees = [child for child in children if hasattr(child, "data")]
        source = next((self.term(one) for one in trees if one.data != "alias"), None)
        names = tuple(_name(one.children[0]) for one in trees if one.data == "alias")
        tokens = [child for child in children if not hasattr(child, "data") and child.type != "AS"]
        pattern = _value(tokens[0])
        return Parse(word, source, pattern, names, offset)

    def all_named(self, trees: list[Any]) -> tuple[Named, ...]:
        return tuple(map(self.named, trees))

    def named(self, tree: Any) -> Named:  # noqa: ANN401
        term, *rest = tree.children
        alias = _name(rest[-1].children[0]) if rest else None
        return Named(self.term(term), alias, self.text_of(term))

    def terms(self, trees: Any) -> tuple[Term, ...]:  # noqa: ANN401
        return tuple(self.term(one) for one in trees if hasattr(one, "data"))

    def term(self, tree: Any) -> Term:  # noqa: ANN401, PLR0911 - a case for each kind of term
        children, offset = tree.children, tree.meta.start_pos
        match tree.data:
            case "field":
                return _name(children[0])
            case "literal":
                return _value(children[0])
            case "period":
                return _period(children[0])
            case "call":
                return Call(
                    str(children[0]), self.arguments(children[1:]), offset, self.text_of(tree)
                )
            case "list":
                return Listing(self.terms(children), offset)
            case "subquery":
                return Subquery(offset)
            case "group" if len(children) == 1:
                return self.term(children[0])
            case "group":
                return Listing(self.terms(children), offset)
            case _:
                words = [str(one).lower() for one in children if not hasattr(one, "data")]
                operators = (" ".join(words),) if tree.data == "comparison" else tuple(words)
                return Operation(self.terms(children), operators, offset, self.text_of(tree))

    def arguments(self, children: list[Any]) -> tuple[Term, ...]:
        stars = tuple(_value(one) for one in children if getattr(one, "type", "") == "STAR")
        return (*stars, *self.terms(children))

    def text_of(self, tree: Any) -> str:  # noqa: ANN401
        return self.text[tree.meta.start_pos : tree.meta.end_pos]


def _name(token: Any) -> Field:  # noqa: ANN401
    return Field(_QUOTES.sub(r"\1", str(token)), token.start_pos, len(token))


def _value(token: Any) -> Value | Regex:  # noqa: ANN401
    written, offset, width = str(token), token.start_pos, len(token)
    if token.type == "REGEX":
        end = written.rindex("/")
        return Regex(written[1:end], written[end + 1 :], offset, width)
    text = written[1:-1] if token.type == "STRING" else written.strip("{} \n\t")
    return Value(_KINDS[token.type], text, offset, width)


def _period(token: Any) -> Period:  # noqa: ANN401
    written = str(token)
    digits = len(written) - len(written.lstrip("0123456789"))
    return Period(int(written[:digits]), written[digits:], token.start_pos, len(written))
