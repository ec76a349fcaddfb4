"""How a page of this room is put together."""

from __future__ import annotations

HEAD = """version: v1
service: shop
environments:
  prod: {region: eu-west-1}
"""


def write_page(text: str, bad: str, good: str, source: str = "", head: str = HEAD) -> str:
    """A page with examples below the usual head of a spec, or another one."""
    examples = (
        f"\nBad:\n```yaml\n{head}{bad.strip()}\n```\n\nGood:\n```yaml\n{head}{good.strip()}\n```\n"
    )
    return text.rstrip() + "\n" + examples + (f"\nSource: {source}\n" if source else "")
