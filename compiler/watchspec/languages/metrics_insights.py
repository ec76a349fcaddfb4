"""A Metrics Insights query: text in, tree out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from watchspec.languages.parsing import REMEMBERED, Problem, parse_text
from watchspec.model.metrics_insights import Condition, InsightsSelect, Label, Word

FUNCTIONS = frozenset({"AVG", "COUNT", "MAX", "MIN", "SUM"})
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html (read 2026-11-24)"""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@lru_cache(maxsize=REMEMBERED)
def parse_metrics_insights(text: str) -> InsightsSelect | Problem:
    """The tree of a query, or what is wrong with it; those asked for lately are remembered."""
    tree = parse_text("metrics_insights", "query", text)
    if isinstance(tree, Problem):
        return tree
    function, metric, source, *clauses = tree.children
    parts = {clause.data: clause.children for clause in clauses}
    where = list(_flatten(parts["where"][0])) if "where" in parts else []
    order = parts.get("order")
    limit = parts.get("limit")
    query = InsightsSelect(
        function=_word(function),
        metric=_name(metric),
        namespace=_name(source.children[0]),
        schema=_labels(source.children[1:]) if source.data == "schema" else None,
        conditions=tuple(one for one in where if isinstance(one, Condition)),
        joins=tuple(one for one in where if isinstance(one, Word)),
        group_by=_labels(parts.get("group", ())),
        order_by=None if order is None else _word(order[0]),
        is_descending=order is not None and str(order[-1]).upper() == "DESC",
        limit=None if limit is None else _word(limit[0]),
    )
    for one in (query.function, query.order_by):
        if one is not None and one.text.upper() not in FUNCTIONS:
            message = f'"{one.text}" is none of {", ".join(sorted(FUNCTIONS))}'
            return Problem(message, one.offset, one.width)
    return query


def _flatten(tree: Any) -> Iterator[Condition | Word]:  # noqa: ANN401 - a lark tree
    """The conditions, and the words between them, without the brackets around them."""
    for child in tree.children:
        if getattr(child, "type", "") == "JOIN":
            yield _word(child)
        elif child.data == "brackets":
            yield from _flatten(child.children[0])
        else:
            label, operator, *values = child.children
            texts = (str(value.children[0]) for value in values)
            yield Condition(_label(label), _word(operator), tuple(map(_unquote, texts)))


def _labels(trees: Any) -> tuple[Label, ...]:  # noqa: ANN401
    return tuple(map(_label, trees))


def _label(tree: Any) -> Label:  # noqa: ANN401
    first = tree.children[0]
    match getattr(first, "type", ""):
        case "ACCOUNT":
            return Label("account", _word(first))
        case "TAG":
            return Label("tag", _name(tree.children[1]))
        case _:
            return Label("dimension", _name(first))


def _name(tree: Any) -> Word:  # noqa: ANN401
    return _word(tree.children[0])


def _word(token: Any) -> Word:  # noqa: ANN401 - a lark token
    return Word(_unquote(str(token)), token.start_pos, len(token))


def _unquote(text: str) -> str:
    if text[0] not in "\"'":
        return text
    return _ESCAPED.sub(r"\1", text[1:-1])
