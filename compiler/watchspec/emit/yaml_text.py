"""Templates as YAML: block style, long texts as literal blocks, no anchors, no folded lines."""

from __future__ import annotations

from typing import Any

import yaml

from watchspec.model.source import spell_number

_ENDLESS = 2**31 - 1
_NUMERIC = frozenset("0123456789+-.")


class _Dumper(yaml.CSafeDumper):
    """Writes what CloudFormation reads."""

    def ignore_aliases(self, _data: object) -> bool:
        """CloudFormation refuses aliases."""
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Long texts as literal blocks; quoted what any YAML reader might take for a number or a time."""
    is_doubtful = text[:1] in _NUMERIC and " " not in text
    style = "|" if "\n" in text else "'" if is_doubtful else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_number(dumper: _Dumper, number: float) -> yaml.ScalarNode:
    """In full: YAML readers disagree about exponents."""
    return dumper.represent_scalar("tag:yaml.org,2002:float", spell_number(number))


def _represent_mapping(dumper: _Dumper, mapping: dict[str, Any]) -> yaml.MappingNode:
    """Block style; a name and its value (a tag, a dimension, a reference) share a line."""
    is_pair = mapping.keys() in _PAIRS and all(isinstance(one, str) for one in mapping.values())
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", mapping.items(), flow_style=is_pair or mapping.keys() == {"Ref"}
    )


_PAIRS = ({"Key", "Value"}, {"Name", "Value"})
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(float, _represent_number)
_Dumper.add_representer(dict, _represent_mapping)


def write_yaml(body: dict[str, Any]) -> str:
    """The body as YAML, in the order of its keys."""
    text: str = yaml.dump(
        body,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=_ENDLESS,
    )
    return text
