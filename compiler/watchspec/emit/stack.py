"""A stack that is being built: resources, the parameters they use, and where each came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import troposphere

from watchspec.diagnostics import Findings, Location, Related, suggest_name
from watchspec.emit import rules
from watchspec.emit.logical_ids import logical_id
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Parameter
from watchspec.model.text import Deferred, ParameterRef, Part, Property, Pseudo, ResourceRef, Text

_CLOSED = re.compile(r"\$\{([^{}$]*)\}")
_ESCAPED = re.compile(r"\$\{!([^{}$]*)\}")
_DOLLAR = "LiteralDollarSign"
_KINDS = {"health_check": "HealthCheck"}
_NOT_IN_TROPOSPHERE = {
    "AWS::CloudWatch::Alarm": {"ActionConfiguration"},
    "AWS::CloudWatch::CompositeAlarm": {"ActionConfiguration"},
}
"""Properties the CloudFormation registry has and troposphere 4.11 does not."""


def escape_literal(text: str, variables: dict[str, Any]) -> str:
    """A text inside `Fn::Sub`: `${MAX}` becomes `${!MAX}`.

    How AWS reads a `${` that nothing closes is not documented, so its dollar sign is a variable.
    """
    pieces: list[str] = []
    position = 0
    for closed in _CLOSED.finditer(text):
        pieces.append(text[position : closed.start()])
        pieces.append(f"${{!{closed.group(1)}}}")
        position = closed.end()
    pieces.append(text[position:])
    for index in range(0, len(pieces), 2):
        if "${" in pieces[index]:
            variables[_DOLLAR] = "$"
            pieces[index] = pieces[index].replace("${", f"${{{_DOLLAR}}}{{")
    return "".join(pieces)


def unescape_literal(text: str) -> str:
    """A text that needs no `Fn::Sub` after all."""
    return _ESCAPED.sub(r"${\1}", text).replace(f"${{{_DOLLAR}}}{{", "${")


class Stack:
    """One stack of one environment while it is built."""

    def __init__(self, monitoring: Monitoring, region: str, found: Findings) -> None:
        self.monitoring = monitoring
        self.region = region
        self.found = found
        self.parameters: Mapping[str, Parameter] = {one.name: one for one in monitoring.parameters}
        self.used: dict[str, Parameter] = {}
        self.quoted: set[str] = set()
        self.resources: dict[str, dict[str, Any]] = {}
        self.outputs: dict[str, dict[str, Any]] = {}
        self.origins: dict[tuple[str, ...], Location] = {}

    @property
    def is_main(self) -> bool:
        """Whether this is the stack of the environment's own Region."""
        return self.region == self.monitoring.environment.region

    def add(  # noqa: PLR0913 - a resource and its attributes
        self,
        resource: troposphere.AWSObject,
        place: Location,
        *,
        tags: tuple[tuple[str, Text], ...] = (),
        tags_as: str = "Tags",
        extra: tuple[Property, ...] = (),
        depends_on: tuple[str, ...] = (),
        deletion_policy: str = "",
        replace_policy: str = "",
    ) -> None:
        """Add a resource; `extra` are the author's own properties for it."""
        title = resource.title
        if title in self.resources:
            self._report_same_id(title, place, self.origins[(title,)])
            return
        body = resource.to_dict()
        properties = body.get("Properties", {})
        if tags:
            properties[tags_as] = self.tags(tags)
        if extra:
            self._add_extra(resource, properties, extra)
        made: dict[str, Any] = {"Type": body["Type"]}
        if depends_on:
            made["DependsOn"] = sorted(depends_on)
        if deletion_policy:
            made["DeletionPolicy"] = deletion_policy
        if replace_policy:
            made["UpdateReplacePolicy"] = replace_policy
        made["Properties"] = properties
        self.resources[title] = made
        self.origins[(title,)] = place

    def add_output(self, name: str, description: str, value: object) -> None:
        """Add an output."""
        self.outputs[name] = {"Description": description, "Value": value}

    def quote(self, text: Text) -> None:
        """Remember that the parameters of a text are put between quotation marks of JSON."""
        for part in text.parts if isinstance(text, Deferred) else ():
            if isinstance(part, ParameterRef):
                self.quoted.add(logical_id("", part.name))

    def text(self, text: Text) -> Any:  # noqa: ANN401 - a string or one of troposphere's functions
        """A text as a property: plain, `Ref`, `Fn::ImportValue` or `Fn::Sub`."""
        if isinstance(text, str):
            return text
        if len(text.parts) == 1:
            return self._refer(text.parts[0])
        variables: dict[str, Any] = {}
        template = self.substitutable(text, variables)
        return troposphere.Sub(template, **variables)

    def substitutable(self, text: Text, variables: dict[str, Any]) -> str:
        """A text inside `Fn::Sub`; what is not a parameter of the stack goes to `variables`."""
        parts = text.parts if isinstance(text, Deferred) else (text,)
        return "".join(
            escape_literal(part, variables)
            if isinstance(part, str)
            else self._placeholder(part, variables)
            for part in parts
        )

    def data(self, value: object) -> Any:  # noqa: ANN401 - JSON data
        """Free-form data with its texts as properties."""
        if isinstance(value, dict):
            return {key: self.data(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.data(inner) for inner in value]
        return self._plain(self.text(value)) if isinstance(value, str | Deferred) else value

    def tags(self, tags: tuple[tuple[str, Text], ...]) -> list[dict[str, Any]]:
        """Tags as CloudFormation has them."""
        return [{"Key": key, "Value": self._plain(self.text(value))} for key, value in tags]

    def _plain(self, value: object) -> object:
        return value.to_dict() if isinstance(value, troposphere.AWSHelperFn) else value

    def _refer(self, part: Part) -> Any:  # noqa: ANN401
        match part:
            case str():
                return part
            case Pseudo():
                return troposphere.Ref(part.value)
            case ResourceRef():
                return troposphere.Ref(logical_id(_KINDS[part.kind], part.key))
            case ParameterRef():
                parameter = self.parameters[part.name]
                if parameter.export is not None:
                    return troposphere.ImportValue(self.text(parameter.export))
                return troposphere.Ref(self._use(parameter))

    def _placeholder(self, part: Part, variables: dict[str, Any]) -> str:
        match part:
            case str():
                return part
            case Pseudo():
                return f"${{{part.value}}}"
            case ResourceRef():
                return f"${{{logical_id(_KINDS[part.kind], part.key)}}}"
            case ParameterRef():
                parameter = self.parameters[part.name]
                if parameter.export is None:
                    return f"${{{self._use(parameter)}}}"
                name = logical_id("", part.name)
                variables[name] = troposphere.ImportValue(self.text(parameter.export))
                return f"${{{name}}}"

    def _use(self, parameter: Parameter) -> str:
        name = logical_id("", parameter.name)
        present = self.used.setdefault(name, parameter)
        if present is not parameter:
            self._report_same_id(name, parameter.place, present.place)
        return name

    def check_ids(self) -> None:
        """Report parameters that share their logical id with a resource: one template, one name."""
        for name in sorted(self.used.keys() & self.resources.keys()):
            self._report_same_id(name, self.used[name].place, self.origins[(name,)])

    def _report_same_id(self, name: str, place: Location, first: Location) -> None:
        message = f'two things would share the logical id "{name}"'
        related = [Related(first, "the other one")]
        self.found.error(rules.SAME_ID, message, place, help="rename one of them", related=related)

    def _add_extra(
        self,
        resource: troposphere.AWSObject,
        properties: dict[str, Any],
        extra: tuple[Property, ...],
    ) -> None:
        """Put the author's own properties beside those made here."""
        kind = resource.resource_type
        known = set(resource.props) | _NOT_IN_TROPOSPHERE.get(kind, set())
        for given in extra:
            if given.name in properties:
                message = f'"{given.name}" is already set by the compiler'
                help_text = "use the words of the spec for it"
                self.found.error(rules.PROPERTY_SET, message, given.place, help=help_text)
            elif given.name not in known:
                message = f'{kind} has no property "{given.name}"'
                hint = suggest_name(given.name, known)
                self.found.error(rules.UNKNOWN_PROPERTY, message, given.place, hint=hint)
            else:
                properties[given.name] = self.data(given.value)
                self.origins[resource.title, "Properties", given.name] = given.value_place
