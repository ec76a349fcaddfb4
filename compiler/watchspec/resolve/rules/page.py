"""How a page of this room is put together."""

from __future__ import annotations

HEAD = """version: v1
service: shop
environments:
  prod: {region: eu-west-1}
"""


def write_page(text: str, bad: str, good: str, source: str = "") -> str:
    """A page with examples below the usual head of a spec."""
    examples = (
        f"\nBad:\n```yaml\n{HEAD}{bad.strip()}\n```\n\nGood:\n```yaml\n{HEAD}{good.strip()}\n```\n"
    )
    return text.rstrip() + "\n" + examples + (f"\nSource: {source}\n" if source else "")
