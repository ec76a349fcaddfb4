"""The text EventBridge makes of an event."""

from __future__ import annotations

import json

from watchspec.model.text import Deferred, Text, join_text


def write_input_template(lines: tuple[Text, ...]) -> Text:
    """A text of several lines: EventBridge wants each as a quoted string of its own.

    Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html (read 2026-11-24)
    """
    pieces: list[Text] = []
    for line in lines:
        for part in _split_lines(line):
            if pieces:
                pieces.append("\n")
            pieces.extend(('"', _quote(part), '"'))
    return join_text(*pieces)


def _split_lines(text: Text) -> list[Text]:
    if isinstance(text, str):
        return list(text.split("\n"))
    lines: list[Text] = [""]
    for part in text.parts:
        if not isinstance(part, str):
            lines[-1] = join_text(lines[-1], part)
            continue
        first, *rest = part.split("\n")
        lines[-1] = join_text(lines[-1], first)
        lines.extend(rest)
    return lines


def _quote(text: Text) -> Text:
    if isinstance(text, str):
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return Deferred(tuple(_quote(part) if isinstance(part, str) else part for part in text.parts))  # type: ignore[misc]  # a quoted string stays a string
