"""Filter patterns of CloudWatch Logs: text in, tree out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from watchspec.languages.filter_regexes import check_regex
from watchspec.languages.parsing import REMEMBERED, Problem, parse_text
from watchspec.model.filter_patterns import (
    Column,
    Columns,
    Comparison,
    Condition,
    FilterPattern,
    JsonPattern,
    Junction,
    Operator,
    Selector,
    State,
    StateTest,
    Step,
    Value,
    Word,
    Words,
    values_of,
)

_STEP = re.compile(
    r"\.?\[(?:(?P<item>[0-9]{1,9})|\*|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")\]"
    r"|\.(?P<name>[^\s.,;\[\](){}=!<>&|\"'%$*]+|\*)"
)
_COLUMN = re.compile(r"\$([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)")
_FOREIGN = re.compile(r"[^\w.-]")
"""AWS wants all but letters, digits and "_" in quotes, yet "." and "-" without are in use."""
_ESCAPED = re.compile(r"\\([\"\\])")
_JOIN = 'conditions are joined by "&&" or "||"'
_COMPARISONS = "the comparisons are =, !=, >, >=, < and <="
_COMPARED = "[=<>]"
_BEGIN = r"[{(&|]"
_FIELD = r"\$[\w.*\[\]'-]+"
_ADVICE = (
    # The forms, what the text before may end with, what stands there, and what to say.
    ("{[", "", r"$", 'a pattern that begins with "{form}" ends with "{end}"'),
    ("{[w", "", r'"[^"]*$', "the quotation mark is not closed"),
    ("{[w", "", r"%[^%]*$", 'the regular expression is not closed by "%"'),
    ("{", "}", "", 'nothing can follow the "}}" of a pattern'),
    ("[", "]", "", 'nothing can follow the "]" of a pattern'),
    ("w", "", ".", '"{here}" can only stand in double quotes'),
    ("{[", "=", "=", 'CloudWatch compares with one "="'),
    ("{[", _COMPARED, "[<>=]", _COMPARISONS),
    ("{[", _COMPARED, "'", "a text stands in double quotes, not in single ones"),
    ("{[", _COMPARED, r"\$", "a field is compared with a value, not with another field"),
    ("{[", _COMPARED, r"[}\])&|,]", "nothing stands behind the comparison"),
    ("{[", _COMPARED, ".", '"{here}" can only stand in double quotes'),
    ("{[", "", r"[&|](?![&|])|(?i:AND|OR)\b", _JOIN),
    ("{", "", ",", _JOIN),
    ("{", _BEGIN, "[}&|)]", "a condition is missing"),
    ("{", _BEGIN, "!", 'conditions cannot be turned round by "!"; turn the comparison round'),
    ("{", _BEGIN, r"\$", "a field is written $.name, or $.['a name']"),
    ("{", _BEGIN, ".", 'a field begins with "$.": $.status'),
    ("{", "", r"(?i:EXISTS)\b", 'CloudWatch has NOT EXISTS, but no EXISTS: write "= *"'),
    ("{", "", r"(?i:NOT)\b", 'CloudWatch has no IS NOT: write "!=", or NOT EXISTS'),
    ("{", r"(?i:\bIS)", ".", "IS takes NULL, TRUE or FALSE"),
    ("{", _FIELD, r"\[", "an item is written [0] or [*]"),
    ("{", _FIELD, "[}&|)]", "the field is not compared with anything"),
    ("{", _FIELD, ".", _COMPARISONS),
    ("{", "", r"\$", _JOIN),
    ("{", "", "}", 'a "(" is not closed'),
    ("[", r"[\[,]", "[^&|]", "a column has a name of letters, digits, underscores and dashes"),
    ("[", "[.…]", r"[^,\]]", 'columns are separated by ","'),
    ("{[", "", "[A-Za-z0-9]", "a text of several words stands in double quotes"),
)
_SEEN_BEFORE = 80


@lru_cache(maxsize=REMEMBERED)
def parse_filter_pattern(text: str) -> FilterPattern | Problem:
    """The tree of a pattern, or what is wrong with it; those asked for lately are remembered."""
    tree = parse_text("filter_patterns", "pattern", text)
    if isinstance(tree, Problem):
        return _explain(text, tree)
    pattern = _build(tree)
    return _find_problem(pattern) or pattern


def parse_selector(text: str) -> Selector | None:
    """The field `$.name` of a JSON line, or the column `$name` of another; None if it is neither."""
    column = _COLUMN.fullmatch(text)
    if column is not None:
        return Selector(text, (column[1],), 0)
    steps = tuple(_STEP.finditer(text, 1))
    if not text.startswith("$") or not steps or "$" + "".join(map(re.Match.group, steps)) != text:
        return None
    return Selector(text, _steps(text), 0)


def _build(tree: Any) -> FilterPattern:  # noqa: ANN401 - a lark tree
    children = tree.children
    match tree.data:
        case "words":
            return Words(tuple(_word(*child.children) for child in children))
        case "json":
            return JsonPattern(_condition(children[0]))
        case _:
            pairs = zip(children[::2], children[1::2], strict=True)
            return Columns(tuple(_column(one.children, before.end_pos) for before, one in pairs))


def _word(*tokens: Any) -> Word:  # noqa: ANN401
    sign: Any = str(tokens[0]) if len(tokens) > 1 else ""
    return Word(sign, _value(tokens[-1]), tokens[0].start_pos)


def _column(children: list[Any], offset: int) -> Column:
    if not children:
        return Column("", None, offset)
    first = children[0]
    if not hasattr(first, "data"):
        return Column("..." if first.type == "ELLIPSIS" else str(first), None, first.start_pos)
    condition = _condition(first)
    while isinstance(condition, Junction):
        condition = condition.terms[0]
    return Column(condition.selector.text, _condition(first), condition.offset)


def _condition(tree: Any) -> Condition:  # noqa: ANN401
    children = tree.children
    match tree.data:
        case "comparison":
            selector, operator, value = children
            name: Operator = "!=" if operator == "=!" else cast("Operator", str(operator))
            return Comparison(_selector(selector), name, _value(value), selector.start_pos)
        case "test":
            state = cast("State", str(children[2]).upper())
            return StateTest(_selector(children[0]), state, children[0].start_pos)
        case "missing":
            return StateTest(_selector(children[0]), "MISSING", children[0].start_pos)
        case _:
            terms = tuple(_condition(child) for child in children[::2])
            return Junction(cast("Any", str(children[1])), terms, terms[0].offset)


def _selector(token: Any) -> Selector:  # noqa: ANN401
    text = str(token)
    steps = _steps(text) if text.startswith("$") else (text,)
    return Selector(text, steps, token.start_pos)


def _steps(text: str) -> tuple[Step, ...]:
    return tuple(map(_step, _STEP.finditer(text, 1)))


def _step(found: re.Match[str]) -> Step:
    for quoted in found.group("single", "double"):
        if quoted is not None:
            return quoted
    name = found["name"] or "*"
    return int(found["item"]) if found["item"] else None if name == "*" else name


def _value(token: Any) -> Value:  # noqa: ANN401
    text, is_quoted, is_regex = str(token), token.type == "QUOTED", token.type == "REGEX"
    inner = text[1:-1] if is_quoted or is_regex else text
    if is_quoted:
        inner = _ESCAPED.sub(r"\1", inner)
    return Value(inner, is_quoted, is_regex, token.start_pos, len(text))


def _find_problem(pattern: FilterPattern) -> Problem | None:
    """What the grammar cannot see."""
    for value in values_of(pattern):
        if value.is_regex:
            problem = check_regex(value.text, value.offset + 1)
            if problem is not None:
                return problem
        elif isinstance(pattern, Words) and not value.is_quoted:
            foreign = _FOREIGN.search(value.text)
            if foreign is not None:
                message = f'"{foreign.group()}" can only stand in double quotes'
                return Problem(message, value.offset + foreign.start())
    return None


def _explain(text: str, problem: Problem) -> Problem:
    """The problem in the words of filter patterns, if it is a common one."""
    offset, begins = problem.offset, text.lstrip()[:1]
    form = begins if begins in {"{", "["} else "w"
    before = text[max(0, offset - _SEEN_BEFORE) : offset].rstrip()
    for forms, after, here, message in _ADVICE:
        if form not in forms or not re.search(f"(?:{after})$", before):
            continue
        if re.compile(here, re.DOTALL).match(text, offset):
            end = "}" if form == "{" else "]"
            return Problem(message.format(form=form, end=end, here=text[offset:][:1]), offset)
    return problem
