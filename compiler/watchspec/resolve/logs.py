"""Log groups, metric filters and saved queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from watchspec.catalog.retention import RETENTION_DAYS, nearest_retention
from watchspec.diagnostics import Location, suggest_name
from watchspec.model.logs import LogClass, LogGroup, MetricFilter, QueryParameter, SavedQuery
from watchspec.model.source import Map
from watchspec.resolve import rules
from watchspec.resolve.context import Context, items, pairs, section
from watchspec.resolve.names import (
    LOG_GROUP,
    METRIC_FILTER,
    SAVED_QUERY,
    apply_pattern,
    check_name,
)
from watchspec.resolve.quantities import parse_duration

_DAY_SECONDS = 86_400


def resolve_logs(context: Context, root: Map) -> dict[str, LogGroup]:
    """The log groups by name."""
    return {key: _read_log(context, key, node, place) for key, node, place in section(root, "logs")}


def resolve_filters(
    context: Context, root: Map, logs: Mapping[str, LogGroup]
) -> tuple[MetricFilter, ...]:
    """The metric filters of all log groups."""
    return tuple(
        _read_filter(context, logs[log], key, node, place)
        for log, log_node, _ in section(root, "logs")
        for key, node, place in section(log_node, "metrics")
    )


def resolve_queries(
    context: Context, root: Map, logs: Mapping[str, LogGroup]
) -> dict[str, SavedQuery]:
    """The saved queries by name."""
    return {
        key: _read_query(context, key, node, place, logs)
        for key, node, place in section(root, "queries")
    }


def check_logs(context: Context, node: Map, logs: Mapping[str, LogGroup]) -> tuple[str, ...]:
    """The logs something runs on, by name; a finding for each that the spec does not have."""
    wanted = [(str(name), place) for name, place in items(node, "logs")]
    if "log" in node:
        wanted.append((context.read_word(node, "log"), node.place("log")))
    known = []
    for name, place in wanted:
        if name in logs:
            known.append(name)
            continue
        message = f'there is no log "{name}"'
        help_text = "name a log of this spec as it is named under logs"
        hint = suggest_name(name, logs)
        context.found.error(rules.UNKNOWN_LOG, message, place, hint=hint, help=help_text)
    return tuple(dict.fromkeys(known))


def _read_log(context: Context, key: str, node: Map, place: Location) -> LogGroup:
    name = context.text(str(node["group"]))
    literal = (
        name if isinstance(name, str) else "".join(p for p in name.parts if isinstance(p, str))
    )
    check_name(context, LOG_GROUP, literal or "x", node.place("group"))
    made_in = context.read_word(node, "made_in")
    is_made = not context.read_flag(node, "existing", default=False)
    is_made = is_made and made_in in {"", context.environment.name}
    key_given = context.read_text(node, "kms_key")
    return LogGroup(
        key=key,
        name=name,
        description=context.read_word(node, "description").strip(),
        is_made=is_made,
        retention_days=_read_retention(context, node, place),
        log_class=cast("LogClass", context.read_word(node, "class", "standard").upper()),
        kms_key=None if key_given == "create" else key_given,
        makes_key=key_given == "create",
        is_protected=context.read_flag(node, "deletion_protection", default=True),
        keeps_lines=node.get("on_delete") != "delete",
        tags=context.read_tags(node),
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _read_retention(context: Context, node: Map, place: Location) -> int | None:
    written = context.read_word(node, "retention")
    if written == "never":
        return None
    if not written:
        if not context.read_flag(node, "existing", default=False):
            message = "nothing says how long lines are kept"
            help_text = "add a retention such as 30 days, or never"
            context.found.error(rules.BAD_RETENTION, message, place, help=help_text)
        return None
    seconds = parse_duration(written, node.place("retention"), context.found)
    if seconds is None:
        return None
    days, rest = divmod(seconds, _DAY_SECONDS)
    if rest or days not in RETENTION_DAYS:
        message = f'CloudWatch Logs cannot keep lines for "{written}"'
        hint = f"{nearest_retention(days)} days is the nearest that is long enough"
        help_text = f"days that exist: {', '.join(map(str, RETENTION_DAYS))}; or never"
        where = node.place("retention")
        context.found.error(rules.BAD_RETENTION, message, where, hint=hint, help=help_text)
    return days


def _read_filter(
    context: Context, log: LogGroup, key: str, node: Map, place: Location
) -> MetricFilter:
    name = apply_pattern(context, f"{context.service}-{key}")
    check_name(context, METRIC_FILTER, name, place)
    value, default = node.get("value", 1), node.get("default")
    dimensions = pairs(node, "dimensions")
    return MetricFilter(
        key=key,
        log=log.key,
        name=name,
        pattern=context.read_word(node, "pattern").strip(),
        namespace=context.read_word(node, "namespace") or context.namespace,
        metric_name=context.read_word(node, "name") or key,
        value=str(value),
        default=default if isinstance(default, int | float) else None,
        dimensions=tuple((name, str(field)) for name, field in dimensions.items()),
        unit=context.read_word(node, "unit") or None,
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _read_query(
    context: Context, key: str, node: Map, place: Location, logs: Mapping[str, LogGroup]
) -> SavedQuery:
    folder = context.read_word(node, "folder") or apply_pattern(context, context.service)
    name = f"{folder}/{key}"
    check_name(context, SAVED_QUERY, name, place)
    parameters = pairs(node, "parameters")
    return SavedQuery(
        key=key,
        name=name,
        logs=check_logs(context, node, logs),
        question=context.read_word(node, "question").strip(),
        text=context.read_word(node, "query").strip(),
        language=context.read_word(node, "language", "CWLI"),
        parameters=tuple(
            QueryParameter(
                name,
                context.read_word(given, "default") or None,
                context.read_word(given, "description"),
            )
            for name, given in parameters.items()
            if isinstance(given, Map)
        ),
        properties=context.read_properties(node),
        source=node,
        place=place,
    )
