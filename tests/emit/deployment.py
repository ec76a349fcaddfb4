"""A stack as it would be deployed: parameters filled in, CloudFormation's functions evaluated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from watchspec.model.template import Template

ACCOUNT = "123456789012"
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_SSM_TYPE = "AWS::SSM::Parameter::Value<String>"


def deploy(
    template: Template,
    given: Mapping[str, str] | None = None,
    exports: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The template with every function evaluated; a reference to nothing raises KeyError.

    A parameter that is neither given nor has a default is `<Name>`, as is one kept in Systems
    Manager; `Ref` of a resource gives `<Name>` too, its ARN is `<Name>.Arn`, but for alarms, which
    have the ARN they will have. Exports have the values given here.
    """
    body = read_body(template)
    names = {
        "AWS::AccountId": ACCOUNT,
        "AWS::Partition": "aws",
        "AWS::Region": template.region,
        **{name: f"<{name}>" for name in body["Resources"]},
        **{f"{name}.Arn": f"<{name}>.Arn" for name in body["Resources"]},
    }
    for kind in ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"):
        for name, alarm in of_type(body, kind):
            arn = f"arn:aws:cloudwatch:{template.region}:{ACCOUNT}:alarm:{alarm['AlarmName']}"
            names[f"{name}.Arn"] = arn
    for name, parameter in body.get("Parameters", {}).items():
        is_stored = parameter["Type"] == _SSM_TYPE
        default = f"<{name}>" if is_stored else parameter.get("Default", f"<{name}>")
        names[name] = (given or {}).get(name, default)
    for part in ("Resources", "Outputs"):
        if part in body:
            body[part] = evaluate(body[part], names, exports or {})
    return body


def read_body(template: Template) -> dict[str, Any]:
    """The template as it stands, parsed."""
    body: dict[str, Any] = yaml.load(template.text, Loader=yaml.CSafeLoader)
    return body


def evaluate(value: Any, names: Mapping[str, Any], exports: Mapping[str, str]) -> Any:
    """The value with `Ref`, `Fn::Sub`, `Fn::GetAtt` and `Fn::ImportValue` replaced."""
    if isinstance(value, list):
        return [evaluate(inner, names, exports) for inner in value]
    if not isinstance(value, dict):
        return value
    function = next((key for key in value if key == "Ref" or key.startswith("Fn::")), None)
    if function is None:
        return {key: evaluate(inner, names, exports) for key, inner in value.items()}
    assert len(value) == 1, value
    return _call(function, value[function], names, exports)


def _call(
    function: str, argument: Any, names: Mapping[str, Any], exports: Mapping[str, str]
) -> Any:
    match function:
        case "Ref":
            return names[argument]
        case "Fn::GetAtt":
            return names[".".join(argument)]
        case "Fn::ImportValue":
            return exports[evaluate(argument, names, exports)]
        case "Fn::Sub":
            text, variables = (argument, {}) if isinstance(argument, str) else argument
            return substitute(text, {**names, **evaluate(variables, names, exports)})
        case _:
            raise AssertionError(function)


def substitute(text: str, names: Mapping[str, Any]) -> str:
    """What `Fn::Sub` makes of a text: `${Name}` is replaced, `${!Name}` becomes `${Name}`."""

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"${{{name[1:]}}}" if name.startswith("!") else str(names[name])

    return _PLACEHOLDER.sub(replace, text)


def dashboards(deployed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The bodies of the dashboards of a deployed stack, by logical id."""
    return {
        name: json.loads(properties["DashboardBody"])
        for name, properties in of_type(deployed, "AWS::CloudWatch::Dashboard")
    }


def of_type(body: Mapping[str, Any], resource_type: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The resources of a type: logical id and properties."""
    for name, made in body["Resources"].items():
        if made["Type"] == resource_type:
            yield name, made["Properties"]
