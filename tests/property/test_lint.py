"""What is emitted for any spec, cfn-lint has nothing against."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from property.compiling import compile_data
from strategies import Data, examples, specs, write_spec
from support import errors
from watchspec.diagnostics import Severity
from watchspec.lint import start_linter
from watchspec.model.template import Template


@pytest.mark.slow
def test_two_hundred_specs_pass_cfn_lint(tmp_path: Path) -> None:
    templates: list[Template] = []
    seen: set[str] = set()

    @given(spec=specs())
    @examples(400)
    def collect(spec: Data) -> None:
        text = write_spec(spec)
        if len(seen) == 200 or text in seen:
            return
        compiled = compile_data(spec, tmp_path)
        assert not errors(compiled)
        if compiled.templates:
            seen.add(text)
            templates.extend(compiled.templates)

    with start_linter() as linter:
        collect()
        broken = replace(templates[0], text=templates[0].text.replace("Type: AWS::", "Type: OWS::"))
        *results, last = linter.lint((*templates, broken))

    assert len(seen) == 200
    assert [one for _, found in results for one in found if one.severity > Severity.NOTE] == []
    assert [one for one in last[1] if one.severity is Severity.ERROR]
