"""What a spec begins with, and what it changes in the end."""

from __future__ import annotations

from property.spec_parts.drawing import Drawing
from property.spec_text import Data

ENVIRONMENTS = ("dev", "prod", "staging", "team-a")
REGIONS = ("eu-west-1", "us-east-1", "eu-central-1", "ap-southeast-2", "sa-east-1")
_ACCOUNTS = ("111122223333", "012345678901", "999999999999", "000000000123")
_NAMES = (
    "${environment}-${service}-${name}",
    "${name}-${environment}",
    "X_${environment}_${name}",
)


def open_spec(draw: Drawing) -> None:
    """Draw the environments, and what holds for the whole spec."""
    for index, name in enumerate(draw.some(ENVIRONMENTS)):
        here: Data = {"region": draw.pick(REGIONS)}
        draw.environments[name] = here
        if draw.chance(3):
            here["account"] = _ACCOUNTS[index]
        if draw.chance(8):
            here["values"] = {"home": here["region"]}
            here["region"] = "${home}"
    for here in draw.environments.values():
        draw.maybe(here, "tags", draw.tags, 5)
    draw.spec |= {"version": "v1", "service": draw.pick(("shop", "ai-video", "s3"))}
    draw.maybe(draw.spec, "description", draw.line)
    draw.maybe(draw.spec, "owner", lambda: draw.pick(("team-a", "Team Ü", "a: b")))
    draw.maybe(draw.spec, "names", lambda: draw.pick(_NAMES), 5)
    draw.maybe(draw.spec, "namespace", lambda: "Own/${service}/${environment}", 5)
    draw.maybe(draw.spec, "tags", draw.tags)


def close_spec(draw: Drawing) -> Data:
    """The spec as it is now, with its environments, values and parameters."""
    spec = draw.spec | {"environments": draw.environments}
    if draw.values:
        spec["values"] = draw.values
    if draw.parameters:
        spec["parameters"] = draw.parameters
    return spec


def add_changes(draw: Drawing) -> None:
    """Changes of the spec and of environments; no two of them concern the same value."""
    if not draw.chance(2):
        return
    targets: list[Data] = [draw.spec, *draw.environments.values()]
    for path, value in draw.some(draw.changes) if draw.changes else ():
        draw.pick(targets).setdefault("changes", {})[path] = value
    if "tags" in draw.spec:
        draw.pick(targets).setdefault("changes", {})["tags.added"] = "later"
