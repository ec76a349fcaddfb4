"""`make docs`: the reference, made of what the program itself says.

Pages of rules come from the rulebook, the pages of the spec from the descriptions in its schema, the
pages of commands from `--help`. With `--check`, say which pages are stale and write nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from watchspec.cli.main import cli
from watchspec.rulebook import ALL_RULES, IGNORABLE
from watchspec.validate import schema_root

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
_NOTE = "<!-- Made by `make docs`. Do not edit. -->\n\n"
_TYPES = {"object": "mapping", "array": "list", "string": "text", "boolean": "true or false"}


def main() -> None:
    """Write the reference, or with `--check` compare it."""
    pages = {FOLDER / name: _NOTE + text for name, text in make_pages()}
    present = {path: path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.md")}
    stale = sorted(path for path in {*pages, *present} if pages.get(path) != present.get(path))
    if "--check" in sys.argv[1:]:
        for path in stale:
            click.echo(f"stale: {path.relative_to(ROOT).as_posix()}; run  make docs")
        sys.exit(1 if stale else 0)
    for path in stale:
        if path in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
        click.echo(f"{'wrote' if path in pages else 'removed'} {path.relative_to(ROOT).as_posix()}")


def make_pages() -> Iterator[tuple[str, str]]:
    """Every page of the reference: its path below docs/reference/, and its text."""
    yield "spec.md", _write_spec_page("spec", "The spec")
    yield "project.md", _write_spec_page("project", "The project file")
    yield "commands.md", _write_commands_page()
    yield "rules/README.md", _write_rules_index()
    for rule in ALL_RULES:
        ignorable = f"Can be ignored: {IGNORABLE[rule.id]}."
        yield f"rules/{rule.id}.md", f"# {rule.id}\n\n{rule.page.strip()}\n\n{ignorable}\n"


def _write_rules_index() -> str:
    lines = [
        "# Findings",
        "",
        "Every kind of finding, by the code in brackets in front of it.",
        "`watchspec explain CODE` prints the same pages.",
        "",
        "[Ignoring findings](../../ignoring.md) says what the last column means.",
        "",
        "| code | what it says | can be ignored |",
        "|---|---|---|",
    ]
    lines += [
        f"| [{rule.id}]({rule.id}.md) | {rule.sentence} | {IGNORABLE[rule.id]} |"
        for rule in ALL_RULES
    ]
    return "\n".join(lines) + "\n"


def _write_commands_page() -> str:
    sections = ["# Commands\n"]
    context = click.Context(cli, info_name="watchspec", terminal_width=100, max_content_width=100)
    sections.append(f"```text\n{cli.get_help(context)}\n```\n")
    for name, command in sorted(cli.commands.items()):
        inner = click.Context(
            command, parent=context, info_name=name, terminal_width=100, max_content_width=100
        )
        sections.append(f"## watchspec {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(sections)


def _write_spec_page(kind: str, title: str) -> str:
    path = schema_root() / "v1" / f"{kind}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    definitions: dict[str, Any] = schema["$defs"]
    sections = [
        f"# {title}\n",
        f"{schema['description']}\n",
        f"Every key of {title.lower()}, made of its JSON Schema.\n",
        f"## {kind}\n",
        _write_table(schema, definitions),
    ]
    for name, definition in definitions.items():
        sections.append(f"## {name}\n\n{definition['description']}\n")
        if definition.get("properties"):
            sections.append(_write_table(definition, definitions))
        elif "anyOf" in definition:
            choices = [_say_type(one, definitions) for one in definition["anyOf"]]
            sections.append(f"One of: {', '.join(choices)}.\n")
        elif "enum" in definition:
            sections.append(f"One of: {_say_values(definition['enum'])}.\n")
    return "\n".join(sections)


def _write_table(definition: dict[str, Any], definitions: dict[str, Any]) -> str:
    required = definition.get("required", ())
    lines = ["| key | type | default | |", "|---|---|---|---|"]
    for key, prop in definition["properties"].items():
        description = prop.get("description") or _resolve(prop, definitions)["description"]
        default = "**needed**" if key in required else _say_default(prop, definitions)
        kind = _say_type(prop, definitions)
        lines.append(f"| `{key}` | {kind} | {default} | {_cell(description)} |")
    return "\n".join(lines) + "\n"


def _say_default(prop: dict[str, Any], definitions: dict[str, Any]) -> str:
    default = prop.get("default", _resolve(prop, definitions).get("default"))
    return "" if default is None else f"`{json.dumps(default, ensure_ascii=False)}`"


def _say_type(prop: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "$ref" in prop:
        name = prop["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "enum" in prop:
        return _say_values(prop["enum"])
    if "const" in prop:
        return f"`{prop['const']}`"
    if "anyOf" in prop:
        return " or ".join(_say_type(one, definitions) for one in prop["anyOf"])
    kinds = prop.get("type", "any")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    words = " or ".join(_TYPES.get(kind, kind) for kind in kinds)
    inner = prop.get("items") or prop.get("additionalProperties")
    if isinstance(inner, dict) and inner:
        return f"{words} of {_say_type(inner, definitions)}"
    return words


def _say_values(values: list[Any]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _resolve(prop: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in prop:
        prop = definitions[prop["$ref"].rsplit("/", 1)[1]]
    return prop


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
