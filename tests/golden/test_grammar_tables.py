"""The tables of the parsers: made of the grammars there are, and read as the grammars are."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from support import ROOT
from watchspec.languages import parsing, tables

FOLDER = ROOT / "compiler" / "watchspec" / "languages"
GRAMMARS = sorted(path.stem for path in FOLDER.glob("*.lark"))
TEXTS = {
    "alarm_rules": "ALARM(a) AND NOT (OK(b) OR AT_LEAST(2, ALARM, (c, d)))",
    "filter_patterns": '{ ($.a = "x" || $.b > 1) && $.c IS NULL }',
    "insights_queries": "filter a like /x/ and b in [1, 2] | stats count(*) as n by bin(5m), c",
    "metric_math": "IF(a > 1 AND b < 2, SUM([a, b]) / -c ^ 2, 'x')",
    "metrics_insights": "SELECT AVG(a) FROM SCHEMA(\"N\", b) WHERE b = 'x' GROUP BY b LIMIT 5",
}


def read_grammar(language: str) -> str:
    return (FOLDER / f"{language}.lark").read_text(encoding="utf-8")


def test_the_tables_are_of_the_grammars_there_are(request: pytest.FixtureRequest) -> None:
    """If not: `make grammars`."""
    stale = [one for one in GRAMMARS if tables.find_tables(one, read_grammar(one)) is None]
    if stale and request.config.getoption("--write-golden"):
        environment = os.environ | {"PYTHONHASHSEED": "0"}
        command = [sys.executable, "-m", "tools.grammars"]
        subprocess.run(command, cwd=ROOT, check=True, env=environment)
        stale = [one for one in GRAMMARS if tables.find_tables(one, read_grammar(one)) is None]

    assert stale == []
    assert {path.stem for path in (FOLDER / "tables").iterdir()} == set(GRAMMARS)


@pytest.mark.parametrize("language", GRAMMARS)
def test_a_parser_of_tables_reads_as_one_of_its_grammar(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = parsing.parse_text(language, "text", TEXTS[language])
    broken = parsing.parse_text(language, "text", TEXTS[language] + " ) |")

    with monkeypatch.context() as patch:
        patch.setattr(parsing, "find_tables", lambda *_: None)
        parsing._parser.cache_clear()  # noqa: SLF001 - it would be the same parser
        slow = parsing.parse_text(language, "text", TEXTS[language])
        broken_too = parsing.parse_text(language, "text", TEXTS[language] + " ) |")
    parsing._parser.cache_clear()  # noqa: SLF001

    assert quick.data
    assert quick == slow
    assert broken == broken_too


def test_tables_of_another_grammar_do_not_count() -> None:
    grammar = read_grammar("metric_math")

    assert tables.find_tables("metric_math", grammar) is not None
    assert tables.find_tables("metric_math", grammar + "\n// longer\n") is None
    assert tables.find_tables("unknown", grammar) is None
