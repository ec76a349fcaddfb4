from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text


@pytest.mark.parametrize("log_class", ["infrequent_access", "delivery"])
def test_a_class_without_metric_filters_that_has_some_is_an_error(
    log_class: str, tmp_path: Path
) -> None:
    log = f"group: /x, class: {log_class}, metrics: {{errors: {{pattern: ERROR}}}}"
    retention = "" if log_class == "delivery" else ", retention: 30 days"

    found = errors(compile_text(HEAD + f"logs: {{app: {{{log}{retention}}}}}\n", tmp_path))

    assert [one.rule for one in found] == ["log/class-without-filters"]
    assert found[0].message == f"a log group of the class {log_class} has no metric filters"
    assert marked_text(found[0]) == log_class


def test_a_class_without_metric_filters_may_have_none(tmp_path: Path) -> None:
    log = "{group: /x, class: infrequent_access, retention: 30 days}"

    assert errors(compile_text(HEAD + f"logs: {{app: {log}}}\n", tmp_path)) == []
