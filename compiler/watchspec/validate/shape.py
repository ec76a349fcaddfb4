"""JSON Schema errors in the words of the person who wrote the spec, at the value that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import jsonschema
import referencing
from jsonschema.exceptions import ValidationError

from watchspec.diagnostics import Findings, Location, Rule, find_name, shorten, suggest_name
from watchspec.model.source import Map, locate
from watchspec.validate import rules
from watchspec.validate.guesses import guess_text
from watchspec.validate.schema import Schema, read_schema

Error = Any
"""A ValidationError; its type hints say of every attribute that it may be unset."""

_WORDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}
_NOUNS = {"spec": "the spec", "project": "the project file"}
MAX_FINDINGS = 500
"""So many are shown at once; they are all wrong, and finding the rest would take its time."""
_MAX_GUESSES = 20
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CLASSES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": int | float,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def explain_shape(
    root: Map, version: str, found: Findings, *, kind: str = "spec", is_expanded: bool = False
) -> None:
    """Record every way in which a tree does not have the shape of a spec, or of a project file.

    In an expanded tree, values have come from elsewhere to the place where they are used.
    """
    schema = read_schema(version, kind)
    explain_tree(root, schema, found, _NOUNS[kind], is_expanded=is_expanded)


def explain_tree(
    root: Map,
    schema: Schema,
    found: Findings,
    noun: str,
    *,
    is_expanded: bool,
    skips: Callable[[Error], bool] = lambda _: False,
) -> frozenset[Location]:
    """Record every way in which a tree does not fit a schema, but for the errors to skip.

    Gives the places of the unknown keys that stand where a key is missing.
    """
    explainer = _Explainer(root, schema, found, noun, is_expanded=is_expanded, skips=skips)
    known = len(found.items)
    for error in _validator(schema).iter_errors(root):
        explainer.explain(error)
        if len(found.items) - known > MAX_FINDINGS:
            del found.items[known + MAX_FINDINGS :]
            last = found.items[-1]
            found.items[-1] = replace(last, message=f"{last.message}; more like this follow")
            break
    return frozenset(explainer.misspelt)


def _match_whole(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    """The `pattern` keyword as the other implementations have it: `$` is the end of the text.

    Python's `$` also matches before a trailing newline, and its classes match all of Unicode.
    """
    if isinstance(instance, str) and not _whole(pattern).search(instance):
        yield ValidationError("pattern")


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern), re.ASCII)


def _validator(schema: Schema) -> Any:  # noqa: ANN401 - jsonschema builds validator classes at run time
    validators: Any = jsonschema.validators
    extended = validators.extend(jsonschema.Draft202012Validator, {"pattern": _match_whole})
    return extended(schema, registry=referencing.Registry())


class _Explainer:
    """Turns one validator error after the other into findings."""

    def __init__(
        self,
        root: Map,
        schema: Schema,
        found: Findings,
        noun: str,
        *,
        is_expanded: bool,
        skips: Callable[[Error], bool],
    ) -> None:
        self.root = root
        self.noun = noun
        self.skips = skips
        self.misspelt: set[Location] = set()
        self.schema = schema
        self.is_expanded = is_expanded
        self.missing: set[tuple[Any, ...]] = set()
        self.definitions: dict[str, Schema] = schema["$defs"]
        self.found = found

    def explain(self, error: Error) -> None:
        if self.skips(error):
            return
        handler = getattr(self, f"explain_{str(error.validator).lower()}", None)
        if handler is None:
            self.report(rules.WRONG_VALUE, f"{self.name(error)} is not possible here", error)
        else:
            handler(error)

    def explain_additionalproperties(self, error: Error) -> None:
        known = self.known_keys(error)
        mapping = error.instance
        for key in islice(mapping, MAX_FINDINGS + len(known) + 1):
            if key not in known:
                where = self.path(error)
                self.found.error(
                    rules.UNKNOWN_KEY,
                    f'unknown key "{shorten(key)}"' + (f" in {where}" if where else ""),
                    mapping.key_place(key),
                    hint=suggest_name(key, known),
                    help="" if suggest_name(key, known) else f"known here: {_list(known)}",
                )

    def explain_propertynames(self, error: Error) -> None:
        # The validators below propertyNames report with the key as their instance.
        raise AssertionError(error)

    def explain_required(self, error: Error) -> None:
        misspelt = self.misspelt_keys(error)
        for key in error.validator_value:
            missing = (*error.absolute_path, key)
            if key in error.instance or missing in self.missing:
                continue
            if key in misspelt:
                self.misspelt.add(error.instance.key_place(misspelt[key]))
            else:
                self.missing.add(missing)
                message = f'{self.name(error)} needs "{key}"'
                says = self.describe(error.schema, key)
                help_text = f'add "{key}": {says}' if says else f'add "{key}"'
                place = self.key_place(error)
                self.found.error(rules.MISSING_KEY, message, place, help=help_text)

    def explain_dependentrequired(self, error: Error) -> None:
        given = {
            key: value for key, value in error.validator_value.items() if key in error.instance
        }
        for key, needed in given.items():
            for other in needed:
                if other not in error.instance and other not in self.misspelt_keys(error):
                    message = f'"{key}" goes only with "{other}"'
                    place = error.instance.key_place(key)
                    self.found.error(rules.WRONG_KEYS, message, place)

    def explain_type(self, error: Error) -> None:
        wanted = error.validator_value
        names = [wanted] if isinstance(wanted, str) else wanted
        expected = " or ".join(_WORDS[name] for name in names)
        help_text = ""
        if error.instance is None:
            help_text = 'write a value, or remove the key; "#" begins a comment outside quotes'
        if "array" in names and isinstance(error.instance, str | int | float):
            help_text = f"write a list: [{error.instance}]"
        if "boolean" in names and isinstance(error.instance, str):
            meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}
            word = meant.get(error.instance.lower())
            help_text = f"write {word}" if word else ""
        if isinstance(error.instance, str) and _NUMBER.fullmatch(error.instance):
            help_text = "write it without quotes"
        if names == ["string"] and isinstance(error.instance, int | float):
            help_text = self.advise_quotes(error)
        message = f"{self.name(error)} is {_describe(error.instance)}; expected {expected}"
        self.report(rules.WRONG_TYPE, message, error, help_text=help_text)

    def advise_quotes(self, error: Error) -> str:
        """What to do about a number, true or false where a text is wanted."""
        pattern = error.schema.get("pattern", "")
        if not re.search(pattern, str(error.instance)):
            advice: str = error.schema["patternErrorMessage"]
            return advice
        return "put it in quotes where it is given" if self.is_expanded else "put it in quotes"

    def explain_enum(self, error: Error) -> None:
        choices = [str(choice) for choice in error.validator_value]
        message = f"{self.name(error)} cannot be {_describe(error.instance)}"
        hint = suggest_name(str(error.instance), choices)
        self.report(
            rules.WRONG_VALUE, message, error, hint=hint, help_text=f"one of: {_list(choices)}"
        )

    def explain_const(self, error: Error) -> None:
        message = f"{self.name(error)} cannot be {_describe(error.instance)}"
        self.report(rules.WRONG_VALUE, message, error, help_text=f"write {error.validator_value}")

    def explain_pattern(self, error: Error) -> None:
        says = error.schema.get("patternErrorMessage", "it is not written as it must be")
        message = f"{self.subject(error)} cannot be {_describe(error.instance)}"
        guess = guess_text(error.instance, _whole(error.validator_value))
        hint = f'did you mean "{guess}"?' if guess else ""
        hint = hint or suggest_name(error.instance, error.schema.get("examples", ()))
        self.report(rules.WRONG_VALUE, message, error, hint=hint, help_text=says)

    def explain_minlength(self, error: Error) -> None:
        self.report(rules.WRONG_VALUE, f"{self.subject(error)} is empty", error)

    def explain_maxlength(self, error: Error) -> None:
        length, most = len(error.instance), error.validator_value
        message = f"{self.subject(error)} has {length:,} characters; {most:,} are the most"
        self.report(rules.WRONG_VALUE, message, error)

    def explain_minitems(self, error: Error) -> None:
        least = error.validator_value
        needed = "at least one item" if least == 1 else f"{least} items"
        self.report(rules.WRONG_VALUE, f"{self.name(error)} needs {needed}", error)

    def explain_minproperties(self, error: Error) -> None:
        self.report(rules.WRONG_VALUE, f"{self.name(error)} needs at least one entry", error)

    def explain_maxitems(self, error: Error) -> None:
        count, most = len(error.instance), error.validator_value
        kind = "entries" if isinstance(error.instance, Map) else "items"
        self.report(
            rules.WRONG_VALUE,
            f"{self.name(error)} has {count:,} {kind}; {most:,} are the most",
            error,
        )

    explain_maxproperties = explain_maxitems

    def explain_minimum(self, error: Error) -> None:
        message = f"{self.name(error)} is {error.instance}; {error.validator_value} is the least"
        self.report(rules.WRONG_VALUE, message, error)

    def explain_maximum(self, error: Error) -> None:
        message = f"{self.name(error)} is {error.instance}; {error.validator_value} is the most"
        self.report(rules.WRONG_VALUE, message, error)

    def explain_multipleof(self, error: Error) -> None:
        message = f"{self.name(error)} is {error.instance}; it must be a multiple of {error.validator_value}"
        self.report(rules.WRONG_VALUE, message, error)

    def explain_not(self, error: Error) -> None:
        if not isinstance(error.instance, Map):
            return  # the wrong type is reported by itself
        keys = error.validator_value["required"]
        message = " and ".join(f'"{key}"' for key in keys) + " do not go together"
        self.found.error(rules.WRONG_KEYS, message, error.instance.key_place(keys[1]))

    def explain_oneof(self, error: Error) -> None:
        """Exactly one of several keys: the only use the schema makes of oneOf."""
        if not isinstance(error.instance, Map):
            return  # the wrong type is reported by itself
        keys = [key for branch in error.validator_value for key in branch["required"]]
        given = [key for key in keys if key in error.instance]
        if not given and not self.misspelt_keys(error).keys().isdisjoint(keys):
            return  # the wrong key is reported by itself
        if not given:
            message = f"{self.name(error)} needs one of: {_list(keys)}"
            self.found.error(rules.WRONG_KEYS, message, self.key_place(error))
        elif len(given) > 1:
            message = " and ".join(f'"{key}"' for key in given[:2]) + " exclude each other"
            self.found.error(rules.WRONG_KEYS, message, error.instance.key_place(given[1]))
        else:
            branch = next(
                one["required"] for one in error.validator_value if given[0] in one["required"]
            )
            other = next(key for key in branch if key != given[0])
            message = f'"{given[0]}" needs "{other}"'
            self.found.error(rules.WRONG_KEYS, message, error.instance.key_place(given[0]))

    def explain_anyof(self, error: Error) -> None:
        """The errors of the alternative that the author most likely meant."""
        branches = [self.dereference(branch) for branch in error.validator_value]
        scores = [self.score(branch, error.instance) for branch in branches]
        best = scores.index(max(scores))
        if max(scores) <= 0 and isinstance(error.instance, Map):
            self.explain_no_alternative(error, self.flatten(branches))
            return
        if isinstance(error.instance, Map) and self.explain_mixture(error, branches, best):
            return
        for inner in error.context or ():
            if inner.schema_path[0] == best:
                self.explain(inner)

    def explain_mixture(self, error: Error, branches: list[Schema], best: int) -> bool:
        """Whether keys of two alternatives were mixed; each such key is reported."""
        own = branches[best].get("properties", {})
        others = {key for branch in branches for key in branch.get("properties", ())}
        stray = [key for key in error.instance if key not in own and key in others]
        fitting = next((key for key in error.instance if key in own), None)
        for key in stray if fitting else ():
            message = f'"{fitting}" and "{key}" do not go together'
            self.found.error(rules.WRONG_KEYS, message, error.instance.key_place(key))
        return bool(stray and fitting)

    def explain_no_alternative(self, error: Error, branches: list[Schema]) -> None:
        """None of several kinds of mapping fits: each has a key of its own that tells it."""
        keys = [key for branch in branches for key in branch.get("required", ())[:1]]
        known = [key for branch in branches for key in branch.get("properties", ())]
        if not known:
            kinds = [branch["type"] for branch in branches if "type" in branch]
            expected = " or ".join(_WORDS[kind] for kind in dict.fromkeys(kinds))
            message = f"{self.name(error)} is a mapping; expected {expected}"
            help_text = "begin it with a dash, as an item of a list" if "array" in kinds else ""
            self.report(rules.WRONG_TYPE, message, error, help_text=help_text)
            return
        unknown = [key for key in error.instance if key not in known]
        for key in unknown[: MAX_FINDINGS + 1]:
            message = f'unknown key "{shorten(key)}" in {self.path(error)}'
            place = error.instance.key_place(key)
            self.found.error(rules.UNKNOWN_KEY, message, place, hint=suggest_name(key, known))
            if keys:
                self.misspelt.add(place)
        if not unknown:
            needed = f'"{keys[0]}"' if len(keys) == 1 else f"one of: {_list(keys)}"
            message = f"{self.name(error)} needs {needed}"
            self.found.error(rules.WRONG_KEYS, message, self.key_place(error))

    def flatten(self, branches: list[Schema]) -> list[Schema]:
        """The alternatives with alternatives of their own written out."""
        flat: list[Schema] = []
        for branch in branches:
            inner = branch.get("anyOf")
            flat.extend(
                self.flatten([self.dereference(one) for one in inner]) if inner else [branch]
            )
        return flat

    def score(self, branch: Schema, instance: object) -> int:
        """How likely an alternative is what the author meant: by its type, then by known keys."""
        if "anyOf" in branch:
            return max(self.score(self.dereference(inner), instance) for inner in branch["anyOf"])
        if branch.get("title") == "Reference":
            return 9 if isinstance(instance, str) and "${" in instance else -1
        if isinstance(instance, dict):
            if branch.get("type") != "object":
                return 0
            properties = branch.get("properties", {})
            needed = branch.get("required", ())[:1]
            given = sum(key in instance for key in needed)
            return (
                sum(key in properties for key in instance) + 100 * given
                if given == len(needed)
                else 0
            )
        wanted = branch.get("type", "string" if "enum" in branch else ())
        names = [wanted] if isinstance(wanted, str) else wanted
        return int(any(isinstance(instance, _CLASSES[name]) for name in names))

    def dereference(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def describe(self, schema: Schema, key: str) -> str:
        """What the schema says of a property."""
        prop = schema.get("properties", {}).get(key, {})
        says: str = prop.get("description") or self.dereference(prop).get("description", "")
        return says.removesuffix(".")

    def report(
        self,
        rule: Rule,
        message: str,
        error: Error,
        *,
        hint: str = "",
        help_text: str = "",
    ) -> None:
        self.found.error(rule, message, self.place(error), hint=hint, help=help_text)

    def known_keys(self, error: Error) -> dict[str, Schema]:
        """The properties of the mapping an error is about, whatever part of its schema refused it."""
        schema = self.schema
        known: dict[str, Schema] = schema["properties"]
        for step in list(error.absolute_schema_path)[:-1]:
            schema = schema[step]
            if isinstance(schema, dict):
                schema = self.dereference(schema)
                known = schema.get("properties", known)
        return known

    def misspelt_keys(self, error: Error) -> dict[str, str]:
        """The unknown keys of a mapping by the keys they were meant to be."""
        known = self.known_keys(error)
        unknown = [key for key in error.instance if key not in known]
        guesses = ((find_name(key, known), key) for key in unknown[:_MAX_GUESSES])
        return {name: key for name, key in guesses if name}

    def subject(self, error: Error) -> str:
        """What a text is: the value at a path, or the name of a thing."""
        return "the name" if self.is_key(error) else self.name(error)

    def is_key(self, error: Error) -> bool:
        return "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str)

    def place(self, error: Error) -> Location:
        """Where the wrong value stands; for a wrong key, where the key stands."""
        if self.is_key(error):
            parent = _descend(self.root, error.absolute_path)
            if isinstance(parent, Map) and error.instance in parent:
                return parent.key_place(error.instance)
        return locate(self.root, error.absolute_path)

    def key_place(self, error: Error) -> Location:
        """Where the name of a thing stands that lacks something."""
        path = list(error.absolute_path)
        if path and isinstance(path[-1], str):
            parent = _descend(self.root, path[:-1])
            if isinstance(parent, Map):
                return parent.key_place(path[-1])
        return locate(self.root, path)

    def path(self, error: Error) -> str:
        return _dotted(error.absolute_path)

    def name(self, error: Error) -> str:
        return self.path(error) or self.noun


def _descend(node: object, path: Iterable[str | int]) -> object:
    for step in path:
        node = node[step]  # type: ignore[index]  # the path comes from the validator
    return node


def _dotted(path: Iterable[str | int]) -> str:
    text = ""
    for step in path:
        text += (
            f"[{step}]" if isinstance(step, int) else f".{shorten(step)}" if text else shorten(step)
        )
    return text


def _describe(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        quote = "'" if '"' in value else '"'
        return f"{quote}{shorten(value)}{quote}"
    return str(value)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
