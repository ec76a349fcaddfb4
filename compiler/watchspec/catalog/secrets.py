"""How secrets look that somebody may have put into a text, so that they go no further.

Each kind has words that stand in every one of its secrets, so that most texts are not looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret in a text: what it is, and from where to where it must not be shown."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of secret; the first group of the pattern is what is secret, if there is one."""

    words: str
    marks: tuple[str, ...]
    pattern: re.Pattern[str]
    must_look_random: bool = False


_KINDS: tuple[_Kind, ...] = (
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (read 2026-11-24)
    _Kind("an AWS access key", ("AKIA", "ASIA"), re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")),
    # https://www.rfc-editor.org/rfc/rfc7468 (read 2026-11-24)
    _Kind(
        "a private key",
        ("PRIVATE KEY",),
        re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY(.*?(?:-----END[A-Z -]*|\Z))", re.DOTALL),
    ),
    # https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (read 2026-11-24)
    _Kind(
        "a Slack webhook",
        ("hooks.slack",),
        re.compile(r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/([\w/+-]{16,})"),
    ),
    # https://docs.slack.dev/authentication/tokens (read 2026-11-24)
    _Kind("a Slack token", ("xox", "xapp-"), re.compile(r"\b(?:xox[abeoprs]|xapp)-[\w-]{12,}")),
    # https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
    # (read 2026-11-24)
    _Kind(
        "a Teams webhook",
        ("webhook.office.com/",),
        re.compile(r"webhook\.office\.com/(webhookb2/[^\s\"'${}]{16,})"),
    ),
    # https://learn.microsoft.com/azure/connectors/connectors-native-reqres (read 2026-11-24)
    _Kind(
        "a Teams or Power Automate webhook",
        ("sig=",),
        re.compile(r"https://[\w.:-]{1,200}/[^\s\"'${}]{0,500}?[?&]sig=([\w%-]{20,})"),
    ),
    # https://docs.discord.com/developers/resources/webhook (read 2026-11-24)
    _Kind(
        "a Discord webhook",
        ("/api/webhooks/",),
        re.compile(r"discord(?:app)?\.com/api/webhooks/(\d+/[\w-]{20,})"),
    ),
    # https://developers.google.com/workspace/chat/quickstart/webhooks (read 2026-11-24)
    _Kind(
        "a Google Chat webhook",
        ("chat.googleapis.com",),
        re.compile(r"chat\.googleapis\.com/v1/spaces/[^\s\"'${}]{0,300}?[?&]token=([\w%-]{16,})"),
    ),
    # https://support.pagerduty.com/main/docs/amazon-cloudwatch-integration-guide (read 2026-11-24)
    _Kind(
        "a PagerDuty integration key",
        ("pagerduty.com/",),
        re.compile(r"events(?:\.eu)?\.pagerduty\.com/(?:integration|x-ere|adapter/\w+)/(\w{16,})"),
    ),
    # https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-incoming-amazon-sns (read 2026-11-24)
    _Kind(
        "an Opsgenie key",
        ("apiKey=",),
        re.compile(r"opsgenie\.com/[^\s\"'${}]{0,200}?[?&]apiKey=([0-9a-fA-F-]{30,})"),
    ),
    # https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
    # (read 2026-11-24)
    _Kind(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        re.compile(r"\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})"),
    ),
    # https://docs.gitlab.com/security/tokens (read 2026-11-24)
    _Kind("a GitLab token", ("glpat-",), re.compile(r"\bglpat-[\w-]{20,}")),
    # https://docs.stripe.com/keys (read 2026-11-24)
    _Kind("a Stripe key", ("k_live_",), re.compile(r"\b[rs]k_live_[A-Za-z0-9]{16,}")),
    # https://cloud.google.com/docs/authentication/api-keys (read 2026-11-24)
    _Kind("a Google API key", ("AIza",), re.compile(r"\bAIza[\w-]{35}")),
    # https://docs.npmjs.com/about-access-tokens (read 2026-11-24)
    _Kind("an npm token", ("npm_",), re.compile(r"\bnpm_[A-Za-z0-9]{36}")),
    # https://www.rfc-editor.org/rfc/rfc7519 (read 2026-11-24)
    _Kind(
        "a JSON web token",
        ("eyJ",),
        re.compile(r"\beyJ[\w-]{8,4096}\.eyJ[\w-]{8,4096}\.[\w-]{8,4096}"),
    ),
    # https://www.rfc-editor.org/rfc/rfc3986 section 3.2.1 (read 2026-11-24)
    _Kind(
        "an address with a password",
        ("://",),
        re.compile(
            r"://[^\s/:@\"'<>]{0,100}:(?!(?:pass(?:word|wd)?|pwd|secret|x+|\*+|\.+)@)"
            r"([^\s/@\"'<>${}\[\]]{3,200})@(?=[\w.-])",
            re.IGNORECASE,
        ),
    ),
    # https://www.rfc-editor.org/rfc/rfc6750 and rfc7617 (read 2026-11-24)
    _Kind(
        "a credential of a web request",
        ("earer ", "asic ", "EARER ", "ASIC "),
        re.compile(r"\b(?:bearer|basic) {1,3}([\w.~+/-]{16,500}=*)", re.IGNORECASE),
        must_look_random=True,
    ),
    # A name that says so, and a value that nobody would think of.
    _Kind(
        "a password or a key",
        (":", "="),
        re.compile(
            r"(?:passw(?:or)?d|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key)[\"']?\s{0,3}[:=]"
            r"\s{0,3}[\"']?([\w.~!@#%^&*+/-]{16,500}=*)(?=[\"'\s,;})\]]|\Z)",
            re.IGNORECASE,
        ),
        must_look_random=True,
    ),
)
_HEX_CHARACTERS = 32
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[A-Z][a-z]{6}|^[a-z]{6}|[^A-Za-z0-9][a-z]{6}")
_CHANGES = 0.3
"""So many neighbours differ in kind (small, capital, digit) in a random text; in words far fewer do."""


def find_secrets(text: str) -> Iterator[Secret]:
    """Every secret in a text, kind by kind; what two kinds take for a secret comes twice."""
    for kind in _KINDS:
        if not any(mark in text for mark in kind.marks):
            continue
        for match in kind.pattern.finditer(text):
            group = min(kind.pattern.groups, 1)
            if not kind.must_look_random or _looks_random(match.group(group)):
                yield Secret(kind.words, match.start(group), match.end(group))


def mask_secrets(text: str) -> str:
    """The text with a star for every character of a secret; its lines stay as long as they were."""
    hidden = list(text)
    for secret in find_secrets(text):
        for index in range(secret.start, secret.end):
            if text[index] != "\n":
                hidden[index] = "*"
    return "".join(hidden)


def _looks_random(value: str) -> bool:
    """Whether nobody would think of such a text: its characters change in kind again and again."""
    if _UUID.fullmatch(value):
        return False
    if len(value) >= _HEX_CHARACTERS and re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", value):
        return not (value.isdigit() or value.isalpha())
    if _WORD.search(value):
        return False
    kinds = [_kind_of(one) for one in value]
    changes = sum(a != b for a, b in pairwise(kinds) if a and b)
    return "digit" in kinds and changes >= _CHANGES * len(value)


def _kind_of(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "capital" if character.isupper() else "small" if character.islower() else ""
