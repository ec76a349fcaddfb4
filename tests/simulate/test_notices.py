"""Who is told of what, and when.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules-behaviour.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html (read 2026-11-24)
"""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.stories import START, run
from watchspec.simulate.scenario import Outcome

TEAM = "{topic: 'arn:aws:sns:eu-west-1:111122223333:team'"
INCIDENT = "arn:aws:ssm-incidents::111122223333:response-plan/shop"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:mend"


def spec(alarm: str = "", route: str = f"{TEAM}}}", more: str = "") -> str:
    """A spec whose alarm `hot` tells the route `team`."""
    return f"""\
notify:
  team: {route}
metrics:
  cpu: {{metric: AWS/ECS CPUUtilization, dimensions: {{ClusterName: shop}}}}
  memory: {{metric: AWS/ECS MemoryUtilization, dimensions: {{ClusterName: shop}}}}
alarms:
  hot: {{severity: warning, notify: [team], when: {{metric: cpu, above: 70%}}{alarm and ", " + alarm}}}
{more}"""


def told(outcome: Outcome, alarm: str = "hot") -> list[str]:
    return [
        f"{(one.time - START) // 60} {one.state.name} {one.route}"
        for one in outcome.notices
        if one.alarm == alarm
    ]


LOAD = "50 85x2 50 _x6"


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        # An alarm that starts healthy comes from INSUFFICIENT_DATA, and runs its OK actions.
        (spec("on_recovery: true"), ["1 OK team", "2 ALARM team", "4 OK team"]),
        (spec("on_recovery: false"), ["2 ALARM team"]),
        (
            spec("on_recovery: false, on_missing_data: true"),
            ["2 ALARM team", "7 INSUFFICIENT_DATA team"],
        ),
        (
            spec("on_recovery: false", f"{TEAM}, on_missing_data: true}}"),
            ["2 ALARM team", "7 INSUFFICIENT_DATA team"],
        ),
        (spec("", f"{TEAM}, on_recovery: false}}"), ["2 ALARM team"]),
        (spec("enabled: false"), []),
        # Incidents are opened in ALARM alone; a function is called in every state.
        (spec("on_recovery: true", f"{{actions: ['{INCIDENT}']}}"), ["2 ALARM team"]),
        (
            spec("on_recovery: true", f"{{actions: ['{FUNCTION}']}}"),
            ["1 OK team", "2 ALARM team", "4 OK team"],
        ),
        (
            spec(
                f"on_recovery: false, actions: {{alarm: ['{FUNCTION}'], ok: ['{FUNCTION}'],"
                f" insufficient_data: ['{FUNCTION}']}}"
            ),
            [
                f"1 OK {FUNCTION}",
                f"2 ALARM {FUNCTION}",
                "2 ALARM team",
                f"4 OK {FUNCTION}",
                f"7 INSUFFICIENT_DATA {FUNCTION}",
            ],
        ),
        (
            spec(
                f"on_recovery: false, properties: {{OKActions: ['{FUNCTION}'], AlarmActions: soon}}"
            ),
            [f"1 OK {FUNCTION}", "2 ALARM team", f"4 OK {FUNCTION}"],
        ),
    ],
)
def test_an_alarm_tells_those_who_want_to_hear_of_its_state(
    tmp_path: Path, text: str, notices: list[str]
) -> None:
    assert told(run(text, tmp_path, 10, cpu=LOAD)) == notices


MUTE = """\
mutes:
  quiet: {{alarms: [{alarm}], reason: work, schedule: "at(2026-03-09T{begin})", duration: {lasts}}}
"""


@pytest.mark.parametrize(
    ("begin", "lasts", "notices"),
    [
        ("00:01", "4m", ["5 OK team"]),
        ("00:01", "2m", ["3 ALARM team", "4 OK team"]),
        ("00:02", "1m", ["1 OK team", "3 ALARM team", "4 OK team"]),
        ("00:02", "5m", ["1 OK team"]),
    ],
)
def test_what_changes_while_an_alarm_is_mute_is_told_after_it_if_it_still_is_so(
    tmp_path: Path, begin: str, lasts: str, notices: list[str]
) -> None:
    mute = MUTE.format(alarm="hot", begin=begin, lasts=lasts)

    outcome = run(spec("on_recovery: true", more=mute), tmp_path, 7, cpu="50 85x2 50x4")

    assert told(outcome) == notices


PAIR = """\
  full: {severity: info, when: {metric: memory, above: 70%}}
  both:
    severity: warning
    notify: [team]
    when: {any: [hot]}
    suppressed_by: {alarm: full, wait: 2m, extension: 3m}
"""


def test_a_composite_alarm_waits_for_its_suppressor(tmp_path: Path) -> None:
    outcome = run(spec(more=PAIR), tmp_path, 12, cpu="50 85x11", memory="50x2 85x3 50x7")

    # Fine at 1, in alarm at 2; the suppressor is in ALARM from 3 to 6.
    assert told(outcome, "both") == ["9 ALARM team"]


def test_a_mute_rule_comes_before_a_suppressor_that_is_asked_again_after_it(tmp_path: Path) -> None:
    mute = MUTE.format(alarm="both", begin="00:01", lasts="7m")

    quiet = run(spec(more=PAIR + mute), tmp_path, 14, cpu="50 85x13", memory="50x14")
    busy = run(spec(more=PAIR + mute), tmp_path, 14, cpu="50 85x13", memory="50x6 85x3 50x5")

    assert told(quiet, "both") == ["8 ALARM team"]
    # The suppressor is in ALARM from 7 to 10, when the mute ends; then comes the extension.
    assert told(busy, "both") == ["13 ALARM team"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            'mutes: {m: {alarms: [hot], reason: work, schedule: "cron(0 2 L * *)", duration: 1h}}\n',
            'only AWS knows when "cron(0 2 L * *)" is',
        ),
        (
            'mutes: {m: {alarms: [hot], reason: work, schedule: "cron(0 2 99 * *)", duration: 1h}}\n',
            '"99" is no day of the month, which is from 1 to 31',
        ),
        (
            'mutes: {m: {alarms: [hot], reason: work, schedule: "at(2026-02-30T00:00)", duration: 1h}}\n',
            '"2026-02-30T00:00" is not in the calendar',
        ),
        (
            (
                'mutes: {m: {alarms: [hot], reason: work, schedule: "cron(0 2 * * *)", duration: 1h,'
                " timezone: Mars}}\n"
            ),
            '"Mars" is not a known time zone',
        ),
        (
            (
                'mutes: {m: {alarms: [hot], reason: work, schedule: "cron(0 2 * * *)", duration: 1h,'
                " properties: {StartDate: 2026-03-10T00:00}}}\n"
            ),
            'what the properties of "m" do is not simulated',
        ),
    ],
)
def test_an_alarm_whose_mute_rule_only_aws_can_tell_has_states_but_no_notices(
    tmp_path: Path, more: str, reason: str
) -> None:
    outcome = run(spec(more=more), tmp_path, 10, cpu=LOAD)

    assert outcome.untold == {"hot": reason}
    assert outcome.unsupported == {}
    assert len(outcome.histories["hot"].changes()) == 5
    assert outcome.notices == ()


def test_what_is_made_of_an_unsupported_alarm_is_unsupported_and_what_it_silences_untold(
    tmp_path: Path,
) -> None:
    text = spec(more=PAIR.replace("above: 70%}", "above: 70%}, properties: {Unit: Percent}"))
    text += "  third: {severity: info, when: {any: [full]}}\n"

    outcome = run(text, tmp_path, 5, cpu=LOAD)

    reason = 'what its property "Unit" does is not simulated'
    assert outcome.unsupported == {"full": reason, "third": reason}
    assert outcome.untold == {"both": reason}


def test_a_composite_alarm_with_properties_of_its_own_is_unsupported(tmp_path: Path) -> None:
    pair = PAIR.replace(
        "    suppressed_by", "    properties: {ActionsSuppressor: x}\n    suppressed_by"
    )

    outcome = run(spec(more=pair), tmp_path, 5, cpu=LOAD)

    assert outcome.unsupported == {
        "both": 'what its property "ActionsSuppressor" does is not simulated'
    }
