from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template


def rules_of(text: str, folder: Path) -> list[str]:
    """The rules of the errors in a spec."""
    return [one.rule for one in errors(compile_text(HEAD + text, folder))]


# --- alarms


def math_alarm(metrics: int, expressions: int) -> str:
    """An alarm on an expression over metrics and over further expressions."""
    text = "metrics:\n"
    for number in range(metrics):
        text += f"  m{number}: {{metric: Shop M{number}}}\n"
    for number in range(expressions - 1):
        text += f"  e{number}: {{expression: '{number}'}}\n"
    names = [f"m{number}" for number in range(metrics)]
    names += [f"e{number}" for number in range(expressions - 1)]
    return (
        text
        + f"alarms: {{a: {{severity: info, when: {{expression: {' + '.join(names)}, above: 1}}}}}}\n"
    )


@pytest.mark.parametrize("metrics", [9, 10])
def test_an_alarm_may_watch_ten_metrics(metrics: int, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + math_alarm(metrics, 1), tmp_path)

    assert len(resource(template(compiled), "AlarmA")["Metrics"]) == metrics + 1


def test_an_alarm_on_eleven_metrics_is_an_error(tmp_path: Path) -> None:
    error = only_error(compile_text(HEAD + math_alarm(11, 1), tmp_path), "alarm/too-many-metrics")

    assert error.message == '"a" has 11 metrics; 10 are the most'
    assert "composite alarm" in error.help
    assert marked_text(error) == "{"


@pytest.mark.parametrize(("expressions", "found"), [(9, 0), (10, 0), (11, 1)])
def test_an_alarm_may_have_ten_expressions(expressions: int, found: int, tmp_path: Path) -> None:
    found_rules = rules_of(math_alarm(2, expressions), tmp_path)

    assert found_rules == ["alarm/too-many-metrics"] * found


@pytest.mark.parametrize(("expressions", "found"), [(9, 0), (10, 1)])
def test_the_model_of_a_band_counts_as_an_expression(
    expressions: int, found: int, tmp_path: Path
) -> None:
    text = math_alarm(2, expressions).replace("above: 1", "outside_band: 2")

    assert rules_of(text, tmp_path) == ["alarm/too-many-metrics"] * found


@pytest.mark.parametrize(("length", "found"), [(2_047, 0), (2_048, 0), (2_049, 1)])
def test_an_expression_may_have_2048_characters(length: int, found: int, tmp_path: Path) -> None:
    expression = "m + " + "1" * (length - 4)
    text = f"metrics: {{m: {{metric: Shop M}}, e: {{title: e, expression: {expression}}}}}\n"
    text += "alarms: {a: {severity: info, when: {metric: e, above: 1}}}\n"

    assert rules_of(text, tmp_path) == ["alarm/too-many-metrics"] * found


def test_an_inner_expression_that_is_too_long_is_an_error(tmp_path: Path) -> None:
    text = f"metrics: {{m: {{metric: Shop A}}, e: {{expression: 'm + {'1' * 2_049}'}}}}\n"
    text += "alarms: {a: {severity: info, when: {expression: e + 1, above: 1}}}\n"

    assert rules_of(text, tmp_path) == ["alarm/too-many-metrics"]


@pytest.mark.parametrize("inside", [True, False])
def test_a_metrics_insights_query_may_have_2048_characters(inside: object, tmp_path: Path) -> None:
    query = "SELECT MAX(A) FROM " + "S" * 2_048
    when = "{expression: q * 2, above: 1}" if inside else "{metric: q, above: 1}"
    text = f"metrics: {{q: {{query: {query}}}}}\nalarms: {{a: {{severity: info, when: {when}}}}}\n"

    assert rules_of(text, tmp_path) == ["alarm/too-many-metrics"]


def arns(count: int) -> str:
    """A list of topics."""
    return ", ".join(f"'arn:aws:sns:eu-west-1:111122223333:t{number}'" for number in range(count))


@pytest.mark.parametrize(("further", "found"), [(1, 0), (2, 0), (3, 1)])
def test_an_alarm_may_have_five_actions(further: int, found: int, tmp_path: Path) -> None:
    text = f"notify: {{info: {{email: [a@example.com], ops_item: {{severity: 4}}, actions: [{arns(1)}]}}}}\n"
    text += "alarms:\n  a:\n    severity: info\n    when: {metric: Shop A, above: 1}\n"
    text += f"    actions: {{alarm: [{arns(further)}]}}\n"

    assert rules_of(text, tmp_path) == ["alarm/too-many-actions"] * found


def test_too_many_actions_are_found_at_the_alarm(tmp_path: Path) -> None:
    text = f"notify: {{info: {{email: [a@example.com], actions: [{arns(5)}]}}}}\n"
    text += "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}}}\n"

    error = only_error(compile_text(HEAD + text, tmp_path), "alarm/too-many-actions")

    assert error.message == '"a" has 6 actions for the state ALARM; 5 are the most'
    assert marked_text(error) == "a"


@pytest.mark.parametrize("state", ["ok", "insufficient_data"])
def test_every_state_may_have_five_actions(state: str, tmp_path: Path) -> None:
    text = "notify: {info: {email: [a@example.com], on_recovery: true, on_missing_data: true}}\n"
    text += "alarms:\n  a:\n    severity: info\n    when: {metric: Shop A, above: 1}\n"
    text += f"    actions: {{{state}: [{arns(5)}]}}\n"

    assert rules_of(text, tmp_path) == ["alarm/too-many-actions"]


# --- composite alarms


def composite(names: list[str], rule: str = "") -> str:
    """A composite alarm over alarms with these names."""
    text = "alarms:\n"
    for number, name in enumerate(names):
        text += (
            f"  a{number}: {{severity: info, when: {{metric: Shop A, above: 1}}, name: {name}}}\n"
        )
    keys = ", ".join(f"a{number}" for number in range(len(names)))
    return text + f"  all: {{severity: info, when: {{{rule or f'any: [{keys}]'}}}}}\n"


@pytest.mark.parametrize(("children", "found"), [(99, 0), (100, 0), (101, 1)])
def test_a_composite_alarm_may_combine_a_hundred_alarms(
    children: int, found: int, tmp_path: Path
) -> None:
    text = composite([f"n{number}" for number in range(children)])

    assert rules_of(text, tmp_path) == ["composite/too-large"] * found


def test_too_many_children_are_found_where_they_are_combined(tmp_path: Path) -> None:
    text = composite([f"n{number}" for number in range(101)])

    error = only_error(compile_text(HEAD + text, tmp_path), "composite/too-large")

    assert error.message == '"all" has 101 alarms in its rule; 100 are the most'
    assert marked_text(error) == "{"


@pytest.mark.parametrize(("length", "found"), [(10_239, 0), (10_240, 0), (10_241, 1)])
def test_the_rule_of_a_composite_alarm_may_have_10240_characters(
    length: int, found: int, tmp_path: Path
) -> None:
    # ALARM("…") has nine characters around the name, " OR " four between two.
    names = [f"{number:02}".ljust(243, "x") for number in range(39)]
    rest = length - 40 * 9 - 39 * 4 - sum(map(len, names))
    text = composite([*names, "y" * rest])

    compiled = compile_text(HEAD + text, tmp_path)

    assert [one.rule for one in errors(compiled)] == ["composite/too-large"] * found
    if not found:
        assert len(resource(template(compiled), "AlarmAll")["AlarmRule"]) == length


def silenced(alarms: int) -> str:
    """A mute rule that silences so many alarms."""
    text = "alarms:\n"
    for number in range(alarms):
        text += f"  a{number}: {{severity: info, when: {{metric: Shop A, above: 1}}}}\n"
    return (
        text
        + "mutes: {n: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, end: 2027-01-01T00:00, reason: r}}\n"
    )


@pytest.mark.parametrize("alarms", [99, 100])
def test_a_mute_rule_silences_a_hundred_alarms(alarms: int, tmp_path: Path) -> None:
    mute = resource(template(compile_text(HEAD + silenced(alarms), tmp_path)), "MuteN")

    assert len(mute["MuteTargets"]["AlarmNames"]) == alarms


def test_more_than_a_hundred_alarms_of_a_mute_rule_are_a_warning(tmp_path: Path) -> None:
    compiled = compile_text(HEAD + silenced(101), tmp_path)

    (warning,) = [one for one in compiled.diagnostics if one.severity.word != "note"]
    assert (warning.rule, warning.severity.word) == ("mute/bad-alarms", "warning")
    assert "101 alarms" in warning.message
    assert compiled.templates


# --- logs


@pytest.mark.parametrize(("filters", "found"), [(99, 0), (100, 0), (101, 1)])
def test_a_log_group_may_have_a_hundred_metric_filters(
    filters: int, found: int, tmp_path: Path
) -> None:
    numbers = ", ".join(f"'{number}'" for number in range(filters))
    text = f"logs: {{l: {{group: /l, retention: never, metrics: {{'m${{n}}': {{for_each: {{n: [{numbers}]}}, pattern: x}}}}}}}}\n"

    assert rules_of(text, tmp_path) == ["log/too-large"] * found


@pytest.mark.parametrize(("length", "found"), [(1_023, 0), (1_024, 0), (1_025, 1)])
def test_a_pattern_may_have_1024_characters(length: int, found: int, tmp_path: Path) -> None:
    text = f"logs: {{l: {{group: /l, retention: never, metrics: {{m: {{pattern: {'x' * length}}}}}}}}}\n"

    assert rules_of(text, tmp_path) == ["log/too-large"] * found


def query(question: str, length: int, language: str = "CWLI") -> str:
    """A query of so many characters."""
    return (
        f"queries: {{q: {{question: {question!r}, query: {'x' * length}, language: {language}}}}}\n"
    )


@pytest.mark.parametrize(("length", "found"), [(9_999, 0), (10_000, 0), (10_001, 1)])
def test_a_query_and_its_question_may_have_10000_characters(
    length: int, found: int, tmp_path: Path
) -> None:
    comment = "# Which?\n"

    compiled = compile_text(HEAD + query("Which?", length - len(comment)), tmp_path)

    assert [one.rule for one in errors(compiled)] == ["log/too-large"] * found
    if not found:
        assert len(resource(template(compiled), "QueryQ")["QueryString"]) == length


def test_every_line_of_a_question_counts(tmp_path: Path) -> None:
    comment = "# Which?\n# When?\n# Why?\n"
    text = query("QUESTION", 10_001 - len(comment)).replace("'QUESTION'", '"Which?\\nWhen?\\nWhy?"')

    assert rules_of(text, tmp_path) == ["log/too-large"]


@pytest.mark.parametrize("language", ["SQL", "PPL"])
def test_a_question_that_is_not_part_of_the_query_does_not_count(
    language: str, tmp_path: Path
) -> None:
    assert not rules_of(query("Which?", 10_000, language), tmp_path)


# --- events


def event(settings: str) -> str:
    """An event rule that tells somebody."""
    return f"notify: {{info: {{email: [a@example.com]}}}}\nevents: {{e: {{severity: info, {settings}}}}}\n"


@pytest.mark.parametrize(("length", "found"), [(4_095, 0), (4_096, 0), (4_097, 1)])
def test_an_event_pattern_may_have_4096_characters(length: int, found: int, tmp_path: Path) -> None:
    frame = '{"source": [""]}'
    text = event(f"pattern: {{source: [{'x' * (length - len(frame))}]}}")

    assert rules_of(text, tmp_path) == ["event/too-long"] * found


@pytest.mark.parametrize(("length", "found"), [(511, 0), (512, 0), (513, 1)])
def test_the_description_of_an_event_may_have_512_characters(
    length: int, found: int, tmp_path: Path
) -> None:
    text = event(f"pattern: {{source: [a]}}, description: {'x' * length}")

    assert rules_of(text, tmp_path) == ["event/too-long"] * found


def message(length: int) -> str:
    """An event rule with a message of so many characters, as EventBridge counts them."""
    head = '"prod-e. Severity: info."\n""'
    return event(f"pattern: {{source: [a]}}, message: {{text: {'x' * (length - len(head))}}}")


@pytest.mark.parametrize(("length", "found"), [(8_190, 0), (8_191, 0), (8_193, 1)])
def test_the_message_of_an_event_has_a_limit(length: int, found: int, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + message(length), tmp_path)

    assert [one.rule for one in errors(compiled)] == ["event/too-long"] * found
    if not found:
        target = resource(template(compiled), "EventE")["Targets"][0]
        assert len(target["InputTransformer"]["InputTemplate"]) == length


def test_the_message_of_an_event_may_have_8192_characters(tmp_path: Path) -> None:
    assert not rules_of(message(8_192), tmp_path)


def test_what_is_escaped_in_a_message_counts_twice(tmp_path: Path) -> None:
    quotes = '"' * 5_000
    text = event(f"pattern: {{source: [a]}}, message: {{text: '{quotes}'}}")

    assert rules_of(text, tmp_path) == ["event/too-long"]


def test_what_is_too_long_about_an_event_is_marked(tmp_path: Path) -> None:
    text = event(f"pattern: {{source: [{'x' * 4_097}]}}, description: {'y' * 513}")

    found = errors(compile_text(HEAD + text, tmp_path))

    assert [one.message.split(" of ")[0] for one in found] == ["the pattern", "the description"]
    assert [marked_text(one)[:1] for one in found] == ["{", "y"]


# --- dashboards


@pytest.mark.parametrize(("widgets", "found"), [(498, 0), (499, 0), (500, 1)])
def test_a_dashboard_may_have_499_widgets_and_a_heading(
    widgets: int, found: int, tmp_path: Path
) -> None:
    numbers = ", ".join(f"'{number}'" for number in range(widgets))
    text = f"dashboards: {{d: {{rows: [{{for_each: {{n: [{numbers}]}}, text: '${{n}}'}}]}}}}\n"

    assert rules_of(text, tmp_path) == ["dashboard/too-much"] * found


def without_heading(widgets: int) -> str:
    """A dashboard without a heading, of so many widgets."""
    numbers = ", ".join(f"'{number}'" for number in range(widgets))
    row = f"{{for_each: {{n: [{numbers}]}}, text: '${{n}}'}}"
    return f"dashboards: {{d: {{header: false, rows: [{row}]}}}}\n"


@pytest.mark.parametrize(("widgets", "found"), [(499, 0), (501, 1)])
def test_a_dashboard_without_a_heading_has_its_limit_too(
    widgets: int, found: int, tmp_path: Path
) -> None:
    assert rules_of(without_heading(widgets), tmp_path) == ["dashboard/too-much"] * found


def test_a_dashboard_without_a_heading_may_have_500_widgets(tmp_path: Path) -> None:
    assert not rules_of(without_heading(500), tmp_path)


@pytest.mark.parametrize(("lines", "found"), [(499, 0), (500, 0), (501, 1)])
def test_a_widget_may_have_500_lines(lines: int, found: int, tmp_path: Path) -> None:
    numbers = ", ".join(f"'{number}'" for number in range(lines))
    text = f"dashboards: {{d: {{rows: [{{graph: [{{for_each: {{n: [{numbers}]}}, metric: Shop A}}]}}]}}}}\n"

    found_rules = rules_of(text, tmp_path)

    assert len(found_rules) == found
    assert set(found_rules) <= {"dashboard/too-much", "spec/wrong-value"}


@pytest.mark.parametrize(("alarms", "found"), [(99, 0), (100, 0), (101, 1)])
def test_a_widget_shows_the_states_of_a_hundred_alarms(
    alarms: int, found: int, tmp_path: Path
) -> None:
    text = "alarms:\n"
    for number in range(alarms):
        text += f"  a{number}: {{severity: info, when: {{metric: Shop A, above: 1}}}}\n"
    text += "dashboards: {d: {rows: [alarms: all]}}\n"

    assert rules_of(text, tmp_path) == ["dashboard/too-much"] * found


# --- stacks


def test_the_name_of_a_second_stack_may_have_128_characters(tmp_path: Path) -> None:
    text = (
        f"version: v1\nservice: {'s' * 60}\nenvironments: {{{'e' * 60}: {{region: eu-west-1}}}}\n"
    )
    text += "alarms: {a: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}}\n"

    compiled = compile_text(text, tmp_path)

    assert errors(compiled)
