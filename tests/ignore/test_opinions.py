"""A check has an opinion of what was understood: whoever does not share it gets a template."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.test_rulebook import EXAMPLES
from watchspec.pipeline import Options, compile_specs
from watchspec.rulebook import OPINIONS
from watchspec.verdict import Policy


@pytest.mark.parametrize("rule", [rule.id for rule in OPINIONS if "Bad" in EXAMPLES[rule.id]])
def test_what_a_check_calls_bad_is_compiled_if_the_rule_is_ignored(
    rule: str, tmp_path: Path
) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(EXAMPLES[rule]["Bad"], encoding="utf-8")
    policy = Policy(ignore=(rule,))
    options = Options(out=tmp_path / "out", lint=False, use_cache=False, policy=policy)

    result = compile_specs([str(spec)], options, lambda *_: None)

    assert not result.failed, result.diagnostics
    assert rule not in {one.rule for one in result.diagnostics}
    assert "template/empty" in {one.rule for one in result.diagnostics} or result.stacks
