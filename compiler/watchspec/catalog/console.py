"""Addresses of console pages. None of their forms is a documented contract.

They were taken from public code and are covered by test vectors.
"""

from __future__ import annotations

import string
from urllib.parse import quote

from watchspec.catalog.regions import console_host
from watchspec.model.text import Text, join_text

_LAST_HOURS = 3
_UNRESERVED = "-_.!~*'()"
_PLAIN = frozenset(string.ascii_letters + string.digits + "_.-")


def dashboard_url(region: str, name: str) -> str:
    """The page of a dashboard."""
    host = console_host(region)
    return f"https://{host}/cloudwatch/home?region={region}#dashboards:name={name}"


def query_url(region: str, query: str, groups: tuple[Text, ...]) -> Text:
    """The Logs Insights page with a query over log groups, ready to run on the last three hours.

    A log group whose name is known only at deployment is put in as it is.
    """
    host = console_host(region)
    start = f"https://{host}/cloudwatch/home?region={region}#logsV2:logs-insights"
    seconds = _LAST_HOURS * 3600
    detail = (
        f"~(end~0~start~-{seconds}~timeType~'RELATIVE~unit~'seconds"
        f"~editorString~'{_encode_value(query)}~source~("
    )
    pieces: list[Text] = [start, _encode_fragment(f"?queryDetail={_encode_detail(detail)}")]
    for group in groups:
        pieces.append(_encode_fragment(_encode_detail("~'")))
        parts = (group,) if isinstance(group, str) else group.parts
        pieces.extend(
            _encode_fragment(_encode_detail(_encode_value(part)))
            if isinstance(part, str)
            else join_text(part)
            for part in parts
        )
    pieces.append(_encode_fragment(_encode_detail("))")))
    return join_text(*pieces)


def _encode_value(text: str) -> str:
    """A value inside the page's own notation: every byte but letters, digits and _ . - as *xx."""
    return "".join(
        character if character in _PLAIN else "".join(f"*{byte:02X}" for byte in character.encode())
        for character in text
    )


def _encode_detail(text: str) -> str:
    """JavaScript's old `escape`: keeps letters, digits and @*_+-./."""
    return quote(text, safe="@*_+-./").replace("~", "%7E")


def _encode_fragment(text: str) -> str:
    """`encodeURIComponent`, then every % as $."""
    return quote(text, safe=_UNRESERVED).replace("%", "$")
