"""What concerns one environment alone leaves the others as they are."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from property.compiling import template_texts
from property.extras import EXTRAS, add_extra, similar_names
from strategies import Data, examples, specs


@given(spec=specs(), section=st.sampled_from(sorted(EXTRAS)), data=st.data())
@examples(15)
def test_a_thing_of_one_environment_leaves_the_others_as_they_are(
    spec: Data, section: str, data: st.DataObject, tmp_path: Path
) -> None:
    here = data.draw(st.sampled_from(sorted(spec["environments"])))
    name = next(similar_names(section, spec))
    limited = add_extra(spec, section, name, {"only": [here]}, first=False)
    everywhere = add_extra(spec, section, name, {}, first=False)

    before, texts, unlimited = (
        template_texts(one, tmp_path) for one in (spec, limited, everywhere)
    )

    assert _without(texts, here) == _without(before, here)
    assert _only(texts, here) == _only(unlimited, here)
    assert section == "metrics" or _only(texts, here) != _only(before, here)


@given(spec=specs())
@examples(12)
def test_a_value_of_one_environment_leaves_the_others_as_they_are(
    spec: Data, tmp_path: Path
) -> None:
    here = min(spec["environments"])
    before = template_texts(spec, tmp_path)
    other = deepcopy(spec)
    other.setdefault("tags", {})["extra"] = "${extra}"
    other.setdefault("values", {})["extra"] = "one"
    changed = deepcopy(other)
    changed["environments"][here].setdefault("values", {})["extra"] = "two"

    with_one, with_two = (template_texts(one, tmp_path) for one in (other, changed))

    assert _without(with_one, here) == _without(with_two, here)
    assert before.keys() == with_one.keys()
    shows_tags = "Key: extra" in str(_only(with_one, here))
    assert not shows_tags or _only(with_one, here) != _only(with_two, here)


@given(spec=specs())
@examples(15)
def test_what_a_parameter_is_given_is_no_part_of_any_template(spec: Data, tmp_path: Path) -> None:
    ungiven = deepcopy(spec)
    ungiven.setdefault("parameters", {})["extra"] = {}
    ungiven.setdefault("tags", {})["extra"] = "${extra}"
    for environment in ungiven["environments"].values():
        environment.pop("parameters", None)
    with_values = deepcopy(ungiven)
    for name, environment in spec["environments"].items():
        here = with_values["environments"][name]
        here["parameters"] = {"extra": f"given in {name}"} | environment.get("parameters", {})

    before, after = (template_texts(one, tmp_path) for one in (ungiven, with_values))

    assert after == before


@pytest.mark.parametrize("here", ["dev", "prod"])
def test_a_row_of_other_environments_is_left_out(here: str, tmp_path: Path) -> None:
    rows = [[{"text": "only dev", "only": ["dev"]}], {"text": "everywhere"}]
    spec: Data = {
        "version": "v1",
        "service": "shop",
        "environments": {"dev": {"region": "eu-west-1"}, "prod": {"region": "eu-west-1"}},
        "dashboards": {"main": {"header": False, "rows": rows}},
    }

    texts = template_texts(spec, tmp_path)

    assert ("only dev" in texts[f"{here} eu-west-1"]) == (here == "dev")
    assert "everywhere" in texts[f"{here} eu-west-1"]


def _only(texts: dict[str, str], environment: str) -> dict[str, str]:
    return {key: text for key, text in texts.items() if key.split()[0] == environment}


def _without(texts: dict[str, str], environment: str) -> dict[str, str]:
    return {key: text for key, text in texts.items() if key.split()[0] != environment}
