from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, check_text, marked_text

SILENT = (
    "  a: {severity: critical, notify: [], runbook: {steps: [x]}, when: {metric: Shop A, above: 1}"
)
RULES = {
    "alarm/forbidden-action", "alarm/notifies-nobody", "event/notifies-nobody", "notify/email-only",
    "parameter/secret-default", "policy/open-to-all",
}  # fmt: skip


def found_in(text: str, folder: Path) -> list[tuple[str, str, str, str]]:
    """Rule, severity, message and what stands under the caret."""
    found = check_text(HEAD + "owner: o\n" + text, folder)
    assert {one.rule for one in found} <= RULES, found
    return [(one.rule, one.severity.word, one.message, marked_text(one)) for one in found]


def test_a_critical_alarm_that_tells_nobody_is_found(tmp_path: Path) -> None:
    assert found_in(f"alarms:\n{SILENT}}}\n", tmp_path) == [
        ("alarm/notifies-nobody", "warning", '"a" is critical and tells nobody', "[")
    ]


@pytest.mark.parametrize(
    "alarm",
    [
        SILENT.replace("critical", "warning") + "}",
        SILENT + ", enabled: false}",
        SILENT + ', actions: {alarm: ["arn:aws:sns:eu-west-1:111122223333:x"]}}',
        SILENT + ', properties: {AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:x"]}}',
        SILENT + "}\n  all: {severity: info, when: {rule: ALARM(a)}}",
        SILENT
        + "}\n  b: {severity: info, when: {metric: Shop B, above: 1}}"
        + "\n  all: {severity: info, when: {rule: ALARM(b)}, suppressed_by: {alarm: a, wait: 1m,"
        + " extension: 1m}}",
    ],
)
def test_an_alarm_may_be_silent_if_it_is_meant(alarm: str, tmp_path: Path) -> None:
    found = [one for one in found_in(f"alarms:\n{alarm}\n", tmp_path) if "nobody" in one[0]]

    assert found == []


@pytest.mark.parametrize(
    ("event", "marked"),
    [("schedule: rate(1 hour)", "e"), ("notify: [], schedule: rate(1 hour)", "[")],
)
def test_an_event_that_tells_nobody_is_found(event: str, marked: str, tmp_path: Path) -> None:
    assert found_in(f"events: {{e: {{severity: info, {event}}}}}\n", tmp_path) == [
        ("event/notifies-nobody", "warning", 'the event "e" tells nobody', marked)
    ]


@pytest.mark.parametrize(
    "event",
    [
        "schedule: rate(1 hour), enabled: false",
        "schedule: rate(1 hour), properties: {Targets: [{Id: x, Arn: 'arn:aws:sqs:::x'}]}",
    ],
)
def test_an_event_may_be_off_or_have_targets_of_its_own(event: str, tmp_path: Path) -> None:
    assert found_in(f"events: {{e: {{severity: info, {event}}}}}\n", tmp_path) == []


CRITICAL = "  a: {severity: critical, when: {metric: Shop A, above: 1}, runbook: {steps: [x]}}\n"
WARNING = "  b: {severity: warning, when: {metric: Shop B, above: 1}}\n"
MAIL = "email: [a@example.com]"


@pytest.mark.parametrize(
    ("critical", "warning", "is_found"),
    [
        (MAIL, 'sms: ["+4915112345678"]', True),
        (MAIL, "https: ['https://example.com/hook']", True),
        (MAIL, "topic: 'arn:aws:sns:eu-west-1:111122223333:x'", True),
        (MAIL, MAIL.replace("a@", "b@"), False),
        (f'{MAIL}, sms: ["+4915112345678"]', MAIL, False),
        (f"{MAIL}, ops_item: {{severity: 1}}", 'sms: ["+4915112345678"]', False),
        ('sms: ["+4915112345678"]', MAIL, False),
    ],
)
def test_mail_alone_is_noted_only_where_there_is_a_faster_way(
    critical: str, warning: str, tmp_path: Path, *, is_found: bool
) -> None:
    text = f"notify:\n  critical: {{{critical}}}\n  warning: {{{warning}}}\n"

    assert found_in(f"{text}alarms:\n{CRITICAL}{WARNING}", tmp_path) == (
        [
            (
                "notify/email-only",
                "note",
                'critical alarms for "critical" reach people by e-mail alone',
                "email",
            )
        ]
        * is_found
    )


def test_an_alarm_that_goes_both_ways_does_not_wait_in_a_mailbox(tmp_path: Path) -> None:
    text = f'notify:\n  critical: {{{MAIL}}}\n  warning: {{sms: ["+4915112345678"]}}\nalarms:\n'
    text += CRITICAL.replace("when", "notify: [critical, warning], when")

    assert found_in(text, tmp_path) == []


@pytest.mark.parametrize("state", ["ok", "insufficient_data"])
@pytest.mark.parametrize(
    "action",
    [
        "arn:aws:ssm:eu-west-1:111122223333:opsitem:1",
        "arn:aws:ssm-incidents::111122223333:response-plan/x",
        "arn:aws:aiops:eu-west-1:111122223333:investigation-group:x",
    ],
)
def test_what_the_state_alarm_alone_opens_is_no_action_of_another(
    action: str, state: str, tmp_path: Path
) -> None:
    text = "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}, actions: {"

    assert found_in(f'{text}{state}: ["{action}"]}}}}}}\n', tmp_path) == [
        (
            "alarm/forbidden-action",
            "error",
            f'"{action}" is done in the state ALARM alone',
            f'"{action}"',
        )
    ]
    assert found_in(f'{text}alarm: ["{action}"]}}}}}}\n', tmp_path) == []


@pytest.mark.parametrize(
    ("condition", "is_refused"),
    [
        ("metric: AWS/EC2 CPUUtilization, dimensions: {InstanceId: i-1}", False),
        ("metric: AWS/EC2 CPUUtilization", True),
        ("metric: CWAgent mem_used_percent, dimensions: {InstanceId: i-1, ImageId: ami-1}", True),
        ("expression: m + 1, given: {m: {metric: AWS/EC2 CPUUtilization}}", True),
    ],
)
def test_an_instance_is_restarted_only_by_an_alarm_on_it(
    condition: str, tmp_path: Path, *, is_refused: bool
) -> None:
    text = f"alarms: {{a: {{severity: info, when: {{{condition}, above: 1}},"
    text += " allow_instance_actions: true, actions: {alarm: ['arn:aws:automate:eu-west-1:ec2:reboot']}}}\n"

    found = found_in(text, tmp_path)

    assert [one[2] for one in found] == [
        '"a" is not about one instance, so it cannot stop or restart one'
    ] * is_refused


@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("{Effect: Allow, Principal: '*', Action: x}", "'*'"),
        ("{Effect: Allow, Principal: {AWS: '*'}, Action: x}", "'*'"),
        (
            "{Effect: Allow, Principal: {AWS: ['111122223333', '*']}, Condition: {}, Action: x}",
            "'*'",
        ),
        ("{Effect: Deny, Principal: '*', Action: x}", ""),
        ("{Effect: Allow, Principal: {Service: a.amazonaws.com}, Action: x}", ""),
        ("{Effect: Allow, Principal: {AWS: ['111122223333']}, Action: x}", ""),
        (
            (
                "{Effect: Allow, Principal: '*', Action: x,"
                " Condition: {StringEquals: {'aws:SourceAccount': '111122223333'}}}"
            ),
            "",
        ),
    ],
)
def test_a_policy_does_not_let_everybody_in(statement: str, marked: str, tmp_path: Path) -> None:
    text = "logs: {web: {group: /shop, retention: 30 days, properties: {ResourcePolicyDocument: "

    found = found_in(f"{text}{{Statement: [{statement}]}}}}}}}}\n", tmp_path)

    message = "the principal * without a condition is everybody in the world"
    assert found == ([("policy/open-to-all", "error", message, marked)] if marked else [])


@pytest.mark.parametrize(
    ("parameter", "is_found"),
    [("{secret: true, default: abc}", True), ("{default: abc}", False), ("{secret: true}", False)],
)
def test_a_secret_has_no_default(parameter: str, tmp_path: Path, *, is_found: bool) -> None:
    text = f"parameters: {{p: {parameter}}}\ntags: {{p: '${{p}}'}}\n"

    message = 'the secret "p" has a default, which stands in the template'
    assert found_in(text, tmp_path) == (
        [("parameter/secret-default", "warning", message, "abc")] * is_found
    )


@pytest.mark.parametrize(
    ("route", "marked"),
    [
        ("email: []", "["),
        ("sms: [], email: []", "["),
        ("on_recovery: true, email: []", "["),
        ("email: [], ops_item: {severity: 1}", ""),
        ('email: [], actions: ["arn:aws:sns:eu-west-1:123456789012:x"]', ""),
        ("email: [ops@example.com]", ""),
    ],
)
def test_a_route_that_is_taken_must_reach_somebody(route: str, marked: str, tmp_path: Path) -> None:
    """The rule notify/reaches-nobody."""
    text = f"{HEAD}notify: {{warning: {{{route}}}}}\nalarms:\n"
    text += "  few: {severity: warning, when: {metric: Shop Orders, below: 9}}\n"

    found = check_text(text, tmp_path)

    expected = [("notify/reaches-nobody", marked)] if marked else []
    assert [(one.rule, marked_text(one)[: len(marked)]) for one in found] == expected
