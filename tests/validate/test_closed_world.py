"""Nothing in a spec or in the schema makes watchspec ask the network or read other files."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, ROOT, compile_text, errors

SCHEMA = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))

LISTENING = """\
import sys
seen = []
def listen(event, arguments):
    if event.startswith(("socket.", "http.", "urllib.", "ftplib.", "smtplib.", "subprocess.")):
        seen.append(event)
    elif event == "open" and arguments[0] and "w" not in str(arguments[1] or ""):
        seen.append(f"open {arguments[0]}")
sys.addaudithook(listen)
from watchspec.pipeline import check_specs
check_specs(sys.argv[1:], lambda *_: None)
print("\\n".join(seen))
"""


def find_references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"$ref", "$dynamicRef"}:
                yield value
            else:
                yield from find_references(value)
    elif isinstance(node, list):
        for value in node:
            yield from find_references(value)


@contextmanager
def counting_server() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that remembers what it is asked."""
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", hits
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_every_reference_of_the_schema_resolves_inside_it() -> None:
    references = set(find_references(SCHEMA))

    assert len(references) >= 60
    assert references <= {f"#/$defs/{name}" for name in SCHEMA["$defs"]}
    assert SCHEMA["$id"].startswith("urn:")


@pytest.mark.parametrize(
    "text",
    [
        "# yaml-language-server: $schema=ADDRESS/schema.json\n" + HEAD,
        HEAD + '"$schema": ADDRESS/schema.json\n',
        HEAD + '"$id": ADDRESS/\n',
        HEAD + 'alarms: {hot: {"$ref": "ADDRESS/alarm.json"}}\n',
        HEAD + 'alarms: {"$ref": ADDRESS/alarms.json}\n',
        HEAD + 'include: ["ADDRESS/part.yaml"]\n',
        HEAD + 'logs: {a: {group: x, retention: never, properties: {"$ref": ADDRESS}}}\n',
        HEAD + 'dashboards: {d: {rows: [{text: "![x](ADDRESS/x.png)"}]}}\n',
        HEAD + 'notify: {info: {https: ["ADDRESS/hook"]}}\n',
        HEAD + 'values: {a: {"$ref": "ADDRESS/a"}}\n',
    ],
)
def test_an_address_in_a_spec_is_never_asked(text: str, tmp_path: Path) -> None:
    with counting_server() as (address, hits):
        compile_text(text.replace("ADDRESS", address), tmp_path)

    assert hits == []


def test_the_server_would_have_noticed(tmp_path: Path) -> None:
    with counting_server() as (address, hits):
        asked = (
            f"import urllib.request as r\ntry: r.urlopen({address + '/x'!r})\nexcept OSError: pass"
        )
        subprocess.run([sys.executable, "-c", asked], check=True, cwd=tmp_path, timeout=60)

    assert hits == ["/x"]


@pytest.mark.slow
@pytest.mark.parametrize("mistake", ["", "alrms: {}\n"], ids=["a good spec", "a bad spec"])
def test_a_check_opens_the_spec_and_the_schema_and_no_connection(
    mistake: str, tmp_path: Path
) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(HEAD + f"include: [part.yaml]\n{mistake}", encoding="utf-8")
    (tmp_path / "part.yaml").write_text("version: v1\ntags: {a: b}\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", LISTENING, str(spec)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=tmp_path,
        timeout=60,
    )

    seen = done.stdout.splitlines()
    data = {Path(one.removeprefix("open ")) for one in seen if one.startswith("open ")}
    assert [one for one in seen if not one.startswith("open ")] == []
    assert {path for path in data if tmp_path in path.parents} == {spec, tmp_path / "part.yaml"}
    schemas = {path for path in data if path.name.endswith(".schema.json")}
    assert [path.name for path in schemas] == ["spec.schema.json"]
    foreign = {path for path in data if path.suffix in {".yaml", ".yml", ".txt", ".cfg", ".toml"}}
    assert foreign == {spec, tmp_path / "part.yaml"}


def test_an_address_in_a_link_arrives_as_it_is(tmp_path: Path) -> None:
    with counting_server() as (address, hits):
        text = HEAD + (
            "metrics: {cpu: {metric: Shop Cpu}}\n"
            "alarms: {hot: {severity: info, notify: [], when: {metric: cpu, above: 1},"
            f" runbook: {{links: {{Wiki: {address}/wiki}}}}}}}}\n"
        )
        compiled = compile_text(text, tmp_path)

    assert errors(compiled) == []
    assert f"{address}/wiki" in compiled.templates[0].text
    assert hits == []
