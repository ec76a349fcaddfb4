from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, call_watchspec, compile_text, errors, marked_text

R20 = "Zq7RtY2mXw9LkB4vNc8D"
R36 = R20 + "f6Hs1JpGe5TyUa3Q"
HEX = "9f86d081884c7d659a2feaa0c55ad015"

SECRETS = {
    # Put together here, so that no scanner takes this file for a leak.
    "AKIA" + "Z7QX2M4N6P8R3T5V": "an AWS access key",
    "ASIA" + "Z7QX2M4N6P8R3T5V": "an AWS access key",
    "hooks.slack.com/" + "services/T0123ABCD/B0123ABCD/" + R20: "a Slack webhook",
    "hooks.slack.com/" + "workflows/T0123ABCD/A0123ABCD/" + R20: "a Slack webhook",
    "xox" + "b-123456789012-" + R20: "a Slack token",
    "xapp" + "-1-A0123-" + R20: "a Slack token",
    "example.webhook.office.com/" + "webhookb2/" + HEX + "@tenant/IncomingWebhook/" + HEX: (
        "a Teams webhook"
    ),
    "https://prod-1.westeurope.logic.azure.com:443/" + "workflows/1/triggers?sp=x&sig=" + R36: (
        "a Teams or Power Automate webhook"
    ),
    "discord.com/" + "api/webhooks/1234567890/" + R36: "a Discord webhook",
    "chat.googleapis.com/" + "v1/spaces/AAAA/messages?key=k&token=" + R36: "a Google Chat webhook",
    "events.pagerduty.com/" + "integration/" + HEX + "/enqueue": "a PagerDuty integration key",
    "events.eu.pagerduty.com/" + "x-ere/" + HEX: "a PagerDuty integration key",
    "api.opsgenie.com/" + "v1/json/amazonsns?apiKey=1b4e28ba-2fa1-11d2-883f-0016d3cca427": (
        "an Opsgenie key"
    ),
    "ghp_" + R36: "a GitHub token",
    "ghs_" + R36: "a GitHub token",
    "github_pat_" + R36: "a GitHub token",
    "glpat-" + R20: "a GitLab token",
    "sk_" + "live_" + R20: "a Stripe key",
    "rk_" + "live_" + R20: "a Stripe key",
    "AIza" + R36[:35]: "a Google API key",
    "npm_" + R36: "an npm token",
    "eyJhbGciOiJub25l" + ".eyJzdWIiOiJzaG9w." + R20: "a JSON web token",
    "postgres://shop:" + "hunter22@db.example.com/orders": "an address with a password",
    "redis://:" + "c0rrect-horse@cache.example.com": "an address with a password",
    "Authorization Bearer " + R20: "a credential of a web request",
    "password=" + R20: "a password or a key",
    "API_KEY=" + R20: "a password or a key",
    "aws_secret_access_key = " + R36 + "Zq7R": "a password or a key",
    "client_secret=" + HEX: "a password or a key",
    "'token': '" + R20 + "'": "a password or a key",
}
PRIVATE_KEY = "-----BEGIN EC " + "PRIVATE KEY-----"

NO_SECRETS = [
    "password=${db_password}",
    "the password is in the vault",
    "token: $.detail.requestParameters.token",
    "secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbC12d",
    "secret=prod/shop/Db1Password",
    "ssm parameter /shop/prod/api-key",
    "token=1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "token=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "token=12345678901234567890123456789012",
    "psql postgres://shop:password@db.example.com/orders",
    "psql postgres://shop:****@db.example.com/orders",
    "psql postgres://shop:${password}@db.example.com/orders",
    "psql postgres://shop:<password>@db.example.com/orders",
    "https://hooks.slack.com/services/${hook}",
    "https://hooks.example.com/shop",
    "https://example.com/runbooks?sig=1",
    "arn:aws:iam::111122223333:role/AKIA",
    "a basic configuration-of-the-service",
    "ask ops@example.com or +4915112345678",
    "git checkout 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
]


def hidden_part(secret: str) -> str:
    """What of a secret must not be seen: its last sixteen letters, without a closing quote."""
    return secret.rstrip("'").split("@db.")[0].split("@cache.")[0].removesuffix("/enqueue")[-8:]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_where_it_stands(secret: str, tmp_path: Path) -> None:
    text = HEAD + f"description: |-\n  First line.\n  See {secret} there.\n"

    (error,) = errors(compile_text(text, tmp_path))

    assert (error.rule, error.message) == (
        "secret/in-text",
        f"{SECRETS[secret]} stands in the text",
    )
    assert error.location is not None
    assert error.location.line == 7
    assert hidden_part(secret) in marked_text(error)
    assert hidden_part(secret) not in error.message + error.hint + error.help


@pytest.mark.parametrize("text", NO_SECRETS)
def test_what_is_no_secret_is_not_taken_for_one(text: str, tmp_path: Path) -> None:
    spec = HEAD + "parameters: {hook: {}, password: {}, db_password: {}}\n"
    compiled = compile_text(spec + f"tags: {{a: {json.dumps(text)}}}\n", tmp_path)

    assert "secret/in-text" not in {one.rule for one in compiled.diagnostics}


@pytest.mark.parametrize(
    "place",
    [
        "description: {}",
        "tags: {{{}: x}}",
        "# {}",
        "owner: x # {}",
        "values: {{unused: {}}}",
        "parameters: {{p: {{default: {}}}}}",
        "notify: {{info: {{https: [{}]}}}}",
        "alarms: {{a: {{severity: wrong, runbook: {{steps: [{}]}}}}}}",
        "description: {}\ndescription: again",
        "description: [{}",
        "unknown-key: {}",
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_a_secret_is_in_nothing_that_is_said_or_written(
    place: str, form: str, tmp_path: Path
) -> None:
    secret = "https://" + next(one for one in SECRETS if one.startswith("hooks"))
    (tmp_path / "specs").mkdir()
    spec = tmp_path / "specs/spec.yaml"
    spec.write_text(HEAD + place.format(f'"{secret}"') + "\n", encoding="utf-8")

    run = call_watchspec("compile", "specs/spec.yaml", "--format", form, folder=tmp_path)

    assert run.returncode == 1
    assert "secret/in-text" in run.stdout
    assert R20 not in run.stdout + run.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != spec]
    assert not any(R20.encode() in path.read_bytes() for path in written)
    assert not (tmp_path / "templates").exists()


def test_a_secret_in_an_included_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text(f"version: v1\nowner: {'AKIA' + 'Z7QX2M4N6P8R3T5V'}\n")

    (error,) = errors(compile_text(HEAD + "include: [part.yaml]\n", tmp_path))

    assert error.rule == "secret/in-text"
    assert error.location is not None
    assert error.location.file.endswith("part.yaml")


def test_the_lines_of_a_private_key_are_stars_however_they_are_shown(tmp_path: Path) -> None:
    lines = [PRIVATE_KEY, R36, R20, PRIVATE_KEY.replace("BEGIN", "END")]
    text = HEAD + "description: |-\n" + "".join(f"  {line}\n" for line in lines) + "owner: [x\n"
    (tmp_path / "spec.yaml").write_text(text, encoding="utf-8")

    run = call_watchspec("check", "spec.yaml", folder=tmp_path)

    assert "a private key stands in the text" in run.stdout
    assert "spec.yaml:6:" in run.stdout
    assert R20 not in run.stdout


def test_two_secrets_of_one_line_are_two_findings_and_one_has_one_alone(tmp_path: Path) -> None:
    key, token = "AKIA" + "Z7QX2M4N6P8R3T5V", "xox" + "b-123456789012-" + R20
    text = HEAD + f"description: access_key={key} token={token}\n"

    found = errors(compile_text(text, tmp_path))

    assert [marked_text(one) for one in found] == [key, token]


def test_many_secrets_are_not_all_shown(tmp_path: Path) -> None:
    text = HEAD + "description: >\n" + f"  {'AKIA' + 'Z7QX2M4N6P8R3T5V'}\n" * 300

    assert len(errors(compile_text(text, tmp_path))) == 100
