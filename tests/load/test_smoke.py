from pathlib import Path

from support import HEAD, compile_text, errors, template


def test_smallest_spec_compiles(tmp_path: Path) -> None:
    compiled = compile_text(HEAD + "notify: {info: {email: [ops@example.com]}}\n", tmp_path)

    assert not errors(compiled)
    assert "TopicInfo" in template(compiled)["Resources"]
