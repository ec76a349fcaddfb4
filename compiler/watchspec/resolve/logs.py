"""Log groups, metric filters and saved queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from watchspec.catalog.retention import RETENTION_DAYS, nearest_retention
from watchspec.diagnostics import Location, shorten, suggest_name
from watchspec.model.logs import (
    INSIGHTS,
    LineFormat,
    LogClass,
    LogGroup,
    MetricFilter,
    QueryParameter,
    SavedQuery,
)
from watchspec.model.source import Map, spell_number
from watchspec.resolve import rules
from watchspec.resolve.context import Context, items, mapping, pairs, section
from watchspec.resolve.names import (
    LOG_GROUP,
    METRIC_FILTER,
    NEW_LOG_GROUP,
    SAVED_QUERY,
    apply_pattern,
    check_name,
)
from watchspec.resolve.quantities import read_duration

_DAY_SECONDS = 86_400
_NOT_IN_SQL = ("log", "logs", "parameters")
_OF_MADE_GROUPS = (
    "retention",
    "class",
    "kms_key",
    "deletion_protection",
    "on_delete",
    "made_in",
    "tags",
    "properties",
)


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
        if check_log(context, name, logs, place):
            known.append(name)
    return tuple(dict.fromkeys(known))


def check_log(context: Context, name: str, logs: Mapping[str, LogGroup], place: Location) -> bool:
    """Whether the spec has a log of that name; if not, a finding says so."""
    if name in logs:
        return True
    message = f'there is no log "{name}"'
    help_text = "name a log of this spec as it is named under logs"
    hint = suggest_name(name, logs)
    context.found.error(rules.UNKNOWN_LOG, message, place, hint=hint, help=help_text)
    return False


def _read_log(context: Context, key: str, node: Map, place: Location) -> LogGroup:
    name = context.text(str(node["group"]))
    literal = (
        name if isinstance(name, str) else "".join(p for p in name.parts if isinstance(p, str))
    )
    made_in = context.read_word(node, "made_in")
    is_existing = context.read_flag(node, "existing", default=False)
    is_made = not is_existing and made_in in {"", context.environment.name}
    kind = LOG_GROUP if is_existing else NEW_LOG_GROUP
    check_name(context, kind, literal or "x", node.place("group"))
    key_given = context.read_text(node, "kms_key")
    keeps_lines = node.get("on_delete") != "delete"
    is_protected = context.read_flag(node, "deletion_protection", default=keeps_lines)
    if is_protected and not keeps_lines:
        message = "the group is deleted with its stack, but AWS is told to refuse that"
        help_text = "leave one of the two out"
        where = node.place("deletion_protection")
        context.found.error(rules.PROTECTED_DELETION, message, where, help=help_text)
    _warn_of_lost_settings(context, node)
    line_format, typed = _read_format(node)
    return LogGroup(
        key=key,
        name=name,
        description=context.read_lines(node, "description"),
        is_made=is_made,
        retention_days=_read_retention(context, node, place),
        log_class=cast("LogClass", context.read_word(node, "class", "standard").upper()),
        kms_key=None if key_given == "create" else key_given,
        makes_key=key_given == "create",
        is_protected=is_protected,
        keeps_lines=keeps_lines,
        line_format=line_format,
        fields=tuple(name for name, _ in typed),
        field_types=typed,
        tags=context.read_tags(node),
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _read_format(node: Map) -> tuple[LineFormat, tuple[tuple[str, str], ...]]:
    given = mapping(node, "format")
    if given is None:
        return "", ()
    if "json" in given:
        return "json", tuple((name, str(kind)) for name, kind in pairs(given, "json").items())
    if "space_delimited" in given:
        columns = items(given, "space_delimited")
        return "space_delimited", tuple((str(name), "") for name, _ in columns)
    return "text", ()


def _warn_of_lost_settings(context: Context, node: Map) -> None:
    """Somebody else's group keeps what somebody else gave it."""
    for key in _OF_MADE_GROUPS if node.get("existing") is True else ():
        if key in node:
            message = f'"{key}" has no effect: the group is made by somebody else'
            context.found.warn(rules.NO_EFFECT, message, node.key_place(key))


def _read_retention(context: Context, node: Map, place: Location) -> int | None:
    written = str(node.get("retention", ""))
    if node.get("class") == "delivery":
        if written:
            message = "lines of the class delivery are kept as long as AWS says"
            where = node.key_place("retention")
            context.found.error(rules.BAD_RETENTION, message, where, help="leave it out")
        return None
    if written == "never":
        return None
    if not written:
        if not context.read_flag(node, "existing", default=False):
            message = "nothing says how long lines are kept"
            help_text = "add a retention such as 30 days, or never"
            context.found.error(rules.BAD_RETENTION, message, place, help=help_text)
        return None
    seconds = read_duration(context, node, "retention")
    if seconds is None:
        return None
    days, rest = divmod(seconds, _DAY_SECONDS)
    if rest or days not in RETENTION_DAYS:
        message = f'CloudWatch Logs cannot keep lines for "{shorten(written)}"'
        hint = f"{nearest_retention(days)} days is the nearest that is long enough"
        if days > RETENTION_DAYS[-1]:
            hint = f"{RETENTION_DAYS[-1]} days is the longest but never"
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
    dimensions = mapping(node, "dimensions")
    return MetricFilter(
        key=key,
        log=log.key,
        name=name,
        pattern=context.read_lines(node, "pattern"),
        namespace=context.read_word(node, "namespace") or context.namespace,
        metric_name=context.read_word(node, "name") or key,
        value=_write_number(value),
        default=default if isinstance(default, int | float) else None,
        dimensions=tuple(
            (name, context.settle(str(field), place))
            for name, field, _, place in (dimensions.entries() if dimensions is not None else ())
        ),
        unit=context.read_word(node, "unit") or None,
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _write_number(value: object) -> str:
    """A number in full, as a metric value is written; a field stays as it is."""
    return spell_number(value) if isinstance(value, float) else str(value)


def _read_query(
    context: Context, key: str, node: Map, place: Location, logs: Mapping[str, LogGroup]
) -> SavedQuery:
    folder = context.read_word(node, "folder") or apply_pattern(context, context.service)
    name = f"{folder}/{key}"
    check_name(context, SAVED_QUERY, name, place)
    parameters = pairs(node, "parameters")
    language = context.read_word(node, "language", INSIGHTS)
    for key_given in (
        ("parameters",) if language == "PPL" else _NOT_IN_SQL if language == "SQL" else ()
    ):
        if key_given in node:
            message = f'a query in {language} has no "{key_given}"'
            help_text = "name the log groups in FROM" if key_given != "parameters" else ""
            where = node.key_place(key_given)
            context.found.error(rules.BAD_LANGUAGE, message, where, help=help_text)
    return SavedQuery(
        key=key,
        name=name,
        logs=check_logs(context, node, logs),
        question=context.read_lines(node, "question"),
        text=context.read_lines(node, "query"),
        language=language,
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
