"""Every rule, written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from watchspec.check.rules import (
    alarm_always_fires,
    alarm_description_too_long,
    alarm_forbidden_action,
    alarm_ignored_missing_data,
    alarm_impossible_expression,
    alarm_never_fires,
    alarm_no_owner,
    alarm_no_runbook,
    alarm_notifies_nobody,
    alarm_same_as_another,
    alarm_slow_evaluation,
    alarm_threshold_in_normal,
    alarm_too_many_actions,
    alarm_too_many_metrics,
    alarm_unordered_query,
    alarm_warning_behind_critical,
    alarm_wrong_missing_data,
    composite_always_fires,
    composite_impossible_state,
    composite_never_fires,
    composite_pointless_alarm,
    composite_silenced_by_itself,
    composite_too_large,
    event_bad_path,
    event_bad_pattern,
    event_bad_schedule,
    event_never_matches,
    event_notifies_nobody,
    event_repeats,
    event_too_long,
    event_too_many_targets,
    event_unknown_field,
    event_unknown_value,
    log_bad_metric,
    log_bad_pattern,
    log_class_without_filters,
    log_class_without_indexes,
    log_class_without_queries,
    log_contradictory_pattern,
    log_costly_dimension,
    log_counted_twice,
    log_ignored_terms,
    log_too_large,
    log_unknown_field,
    log_unreadable_field,
    log_unusable_key,
    log_unused,
    log_wrong_type,
    metric_bad_query,
    metric_label_outside_schema,
    metric_missing_dimensions,
    metric_unknown_label,
    metric_unused,
    mute_always,
    mute_bad_schedule,
    mute_never,
    mute_no_end,
    notify_email_only,
    notify_permission_elsewhere,
    notify_unusable_encryption,
    notify_unused_route,
    parameter_secret_default,
    policy_open_to_all,
    query_bad_syntax,
)
from watchspec.diagnostics import Diagnostic, Outcome, Rule
from watchspec.model.monitoring import Monitoring

Check = Callable[[Monitoring], Iterator[Diagnostic]]

RULES: tuple[tuple[Rule, Check], ...] = (
    (alarm_always_fires.RULE, alarm_always_fires.check),
    (alarm_description_too_long.RULE, alarm_description_too_long.check),
    (alarm_forbidden_action.RULE, alarm_forbidden_action.check),
    (alarm_ignored_missing_data.RULE, alarm_ignored_missing_data.check),
    (alarm_impossible_expression.RULE, alarm_impossible_expression.check),
    (alarm_never_fires.RULE, alarm_never_fires.check),
    (alarm_notifies_nobody.RULE, alarm_notifies_nobody.check),
    (alarm_no_owner.RULE, alarm_no_owner.check),
    (alarm_no_runbook.RULE, alarm_no_runbook.check),
    (alarm_same_as_another.RULE, alarm_same_as_another.check),
    (alarm_slow_evaluation.RULE, alarm_slow_evaluation.check),
    (alarm_threshold_in_normal.RULE, alarm_threshold_in_normal.check),
    (alarm_too_many_actions.RULE, alarm_too_many_actions.check),
    (alarm_too_many_metrics.RULE, alarm_too_many_metrics.check),
    (alarm_warning_behind_critical.RULE, alarm_warning_behind_critical.check),
    (alarm_unordered_query.RULE, alarm_unordered_query.check),
    (alarm_wrong_missing_data.RULE, alarm_wrong_missing_data.check),
    (composite_always_fires.RULE, composite_always_fires.check),
    (composite_impossible_state.RULE, composite_impossible_state.check),
    (composite_never_fires.RULE, composite_never_fires.check),
    (composite_pointless_alarm.RULE, composite_pointless_alarm.check),
    (composite_silenced_by_itself.RULE, composite_silenced_by_itself.check),
    (composite_too_large.RULE, composite_too_large.check),
    (event_bad_path.RULE, event_bad_path.check),
    (event_bad_pattern.RULE, event_bad_pattern.check),
    (event_bad_schedule.RULE, event_bad_schedule.check),
    (event_never_matches.RULE, event_never_matches.check),
    (event_notifies_nobody.RULE, event_notifies_nobody.check),
    (event_repeats.RULE, event_repeats.check),
    (event_too_long.RULE, event_too_long.check),
    (event_too_many_targets.RULE, event_too_many_targets.check),
    (event_unknown_field.RULE, event_unknown_field.check),
    (event_unknown_value.RULE, event_unknown_value.check),
    (log_bad_metric.RULE, log_bad_metric.check),
    (log_bad_pattern.RULE, log_bad_pattern.check),
    (log_class_without_filters.RULE, log_class_without_filters.check),
    (log_class_without_indexes.RULE, log_class_without_indexes.check),
    (log_class_without_queries.RULE, log_class_without_queries.check),
    (log_contradictory_pattern.RULE, log_contradictory_pattern.check),
    (log_costly_dimension.RULE, log_costly_dimension.check),
    (log_counted_twice.RULE, log_counted_twice.check),
    (log_ignored_terms.RULE, log_ignored_terms.check),
    (log_too_large.RULE, log_too_large.check),
    (log_unknown_field.RULE, log_unknown_field.check),
    (log_unreadable_field.RULE, log_unreadable_field.check),
    (log_unusable_key.RULE, log_unusable_key.check),
    (log_unused.RULE, log_unused.check),
    (log_wrong_type.RULE, log_wrong_type.check),
    (metric_bad_query.RULE, metric_bad_query.check),
    (metric_label_outside_schema.RULE, metric_label_outside_schema.check),
    (metric_missing_dimensions.RULE, metric_missing_dimensions.check),
    (metric_unknown_label.RULE, metric_unknown_label.check),
    (metric_unused.RULE, metric_unused.check),
    (mute_always.RULE, mute_always.check),
    (mute_bad_schedule.RULE, mute_bad_schedule.check),
    (mute_never.RULE, mute_never.check),
    (mute_no_end.RULE, mute_no_end.check),
    (notify_email_only.RULE, notify_email_only.check),
    (notify_permission_elsewhere.RULE, notify_permission_elsewhere.check),
    (notify_unusable_encryption.RULE, notify_unusable_encryption.check),
    (notify_unused_route.RULE, notify_unused_route.check),
    (parameter_secret_default.RULE, parameter_secret_default.check),
    (policy_open_to_all.RULE, policy_open_to_all.check),
    (query_bad_syntax.RULE, query_bad_syntax.check),
)

OF_THE_WHOLE_SPEC = frozenset(
    rule.RULE.id for rule in (log_unused, metric_unused, notify_unused_route)
)
"""Rules whose findings hold only if every environment has them."""


def check_monitoring(monitoring: Monitoring) -> Outcome[Monitoring]:
    """The same monitoring with the findings of every rule."""
    found: list[Diagnostic] = []
    for rule, check in RULES:
        try:
            found.extend(check(monitoring))
        except Exception as error:
            error.add_note(f"in the rule {rule.id}")
            raise
    return Outcome(monitoring, tuple(found))
