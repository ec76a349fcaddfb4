from __future__ import annotations

from typing import cast

import pytest

from watchspec.check import RULES, check_monitoring
from watchspec.model.monitoring import Monitoring


def test_every_rule_has_an_id_of_its_own() -> None:
    ids = [rule.id for rule, _ in RULES]

    assert len(set(ids)) == len(ids)


def test_a_rule_that_crashes_is_named() -> None:
    nothing = cast("Monitoring", None)  # what no room hands over: the first rule crashes on it

    with pytest.raises(AttributeError) as caught:
        check_monitoring(nothing)

    assert caught.value.__notes__ == [f"in the rule {RULES[0][0].id}"]
