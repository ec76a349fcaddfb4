"""Log groups, metric filters and saved queries."""

from __future__ import annotations

from property.spec_parts.drawing import Drawing, Signal
from property.spec_parts.metrics import add_looks
from property.spec_text import Data

_FORMATS: tuple[Data, ...] = (
    {"json": {"level": "string", "a.b": "ms"}},
    {"space_delimited": ["host", "...", "status"]},
    {"text": "time: message"},
)
_QUERY = 'filter level = "ERROR"\n| stats count(*) by bin(5m)'


def add_logs(draw: Drawing) -> None:
    """Log groups with their filters, each of which is a metric for others."""
    for _ in range(draw.below(3)):
        key = draw.name(("backend-", "My log ", "a.b_"))
        middle = draw.pick(("", "${p_word}/"))
        if middle:
            draw.declare("p_word")
        node: Data = {"group": f"/${{service}}/${{environment}}/{middle}x-{draw.number}"}
        if draw.chance(5):
            node["existing"] = True
        else:
            _add_settings(draw, node)
        draw.maybe(node, "description", draw.line)
        draw.maybe(node, "format", lambda: draw.pick(_FORMATS))
        control = draw.control()
        if node.get("class", "standard") == "standard":
            _add_filters(draw, node, control)
        draw.put("logs", key, node, control)
        draw.logs.append((key, control))
        draw.changes.append((f"logs.{key}.description", "something else"))


def add_queries(draw: Drawing) -> None:
    """Saved queries over one log, several or none."""
    for _ in range(draw.below(3)):
        control = draw.control()
        logs = [key for key, where in draw.logs if draw.fits(where, control)]
        node: Data = {"question": draw.prose(), "query": _QUERY}
        if not logs:
            draw.maybe(node, "language", lambda: draw.pick(("SQL", "CWLI")))
        elif draw.chance(2):
            node["log"] = draw.pick(logs)
        else:
            node["logs"] = draw.some(logs)
        draw.maybe(node, "folder", lambda: "Folder of ${environment}", 5)
        if node.get("language", "CWLI") == "CWLI" and draw.chance(5):
            node["query"] += " | filter a = {{word}}"
            node["parameters"] = {"word": draw.pick(({}, {"default": "x", "description": "y"}))}
        key = draw.name(("Errors by Endpoint ", "q-", "Q.A_"))
        draw.put("queries", key, node, control)
        if logs and "{{word}}" not in node["query"]:
            draw.queries.append((key, control))


def _add_settings(draw: Drawing, node: Data) -> None:
    kept = ("30 days", "2 weeks", "never", lambda: draw.value("keep"))
    node["retention"] = draw.choose(*kept)
    draw.maybe(node, "class", lambda: draw.pick(("standard", "infrequent_access")), 5)
    key = "arn:aws:kms:${region}:111122223333:key/abc"
    draw.maybe(node, "kms_key", lambda: draw.kms_key(key), 5)
    if draw.chance(4):
        node["on_delete"] = draw.pick(("keep", "delete"))
    else:
        draw.maybe(node, "deletion_protection", draw.flag, 4)
    draw.maybe(node, "made_in", lambda: draw.pick(tuple(draw.environments)), 6)
    draw.maybe(node, "tags", draw.tags, 5)
    if node.get("class") != "infrequent_access":
        draw.maybe(node, "properties", lambda: {"FieldIndexPolicies": [{"Fields": ["level"]}]}, 8)


def _add_filters(draw: Drawing, log: Data, control: Data) -> None:
    for _ in range(draw.below(3)):
        node: Data = {"pattern": draw.pick(("ERROR", "{ $.status = * }", '"a b" -c', "[a, b]"))}
        draw.maybe(node, "value", lambda node=node: _value(draw, node))  # type: ignore[misc]  # a lambda that binds the loop's variable
        if draw.chance(3):
            node["default"] = draw.pick((0, 1.5))
        elif node["pattern"].startswith("{") and draw.chance(2):
            node["dimensions"] = {"Level": "$.level"}
        unit = draw.pick(("Count", "Milliseconds"))
        if unit != "Count":
            node["unit"] = unit
        draw.maybe(node, "statistic", lambda: draw.pick(("p90", "Maximum")), 5)
        draw.maybe(node, "namespace", lambda: "Other/${environment}", 5)
        draw.maybe(node, "name", lambda: "Odd Name", 6)
        draw.maybe(node, "properties", lambda: {"ApplyOnTransformedLogs": False}, 6)
        draw.maybe(node, "period", lambda: "1m", 5)
        levels = add_looks(draw, node, unit)
        key = draw.name(("hits_", "slow"))
        log.setdefault("metrics", {})[key] = node
        signal = Signal(key, unit, 60, "", control, is_single=True, levels=levels)
        if "dimensions" in node:
            draw.sliced.append((signal, {"Level": "ERROR"}))
        else:
            draw.signals.append(signal)


def _value(draw: Drawing, node: Data) -> object:
    """A number, or a field of a pattern that has fields."""
    numbers: tuple[object, ...] = (1, 0.5, "1.25")  # less than any threshold
    return draw.pick((*numbers, "$.duration") if node["pattern"].startswith("{") else numbers)
