"""CloudWatch's units and what an author may write for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["number", "percent", "bytes", "bits", "time", "money"]


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit measures, how large one is in its base unit, and whether it is a rate."""

    kind: Kind
    size: float = 1
    is_rate: bool = False


def _scaled(base: str, kind: Kind) -> dict[str, UnitFacts]:
    names = (
        base,
        f"Kilo{base.lower()}",
        f"Mega{base.lower()}",
        f"Giga{base.lower()}",
        f"Tera{base.lower()}",
    )
    plain = {name: UnitFacts(kind, 1000.0**power) for power, name in enumerate(names)}
    rates = {
        f"{name}/Second": UnitFacts(kind, unit.size, is_rate=True) for name, unit in plain.items()
    }
    return plain | rates


CLOUDWATCH_UNITS: dict[str, UnitFacts] = {
    "Seconds": UnitFacts("time"),
    "Milliseconds": UnitFacts("time", 1e-3),
    "Microseconds": UnitFacts("time", 1e-6),
    **_scaled("Bytes", "bytes"),
    **_scaled("Bits", "bits"),
    "Percent": UnitFacts("percent"),
    "Count": UnitFacts("number"),
    "Count/Second": UnitFacts("number", is_rate=True),
}
"""The units of CloudWatch but None, by the names of MetricDatum.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (read 2026-11-24)
"""

WRITTEN_UNITS: dict[str, UnitFacts] = {
    "%": UnitFacts("percent"),
    "B": UnitFacts("bytes"),
    **{f"{prefix}B": UnitFacts("bytes", 1000.0**power) for power, prefix in enumerate("kMGTP", 1)},
    "KB": UnitFacts("bytes", 1000.0),
    **{f"{prefix}iB": UnitFacts("bytes", 1024.0**power) for power, prefix in enumerate("KMGTP", 1)},
    "us": UnitFacts("time", 1e-6),
    "ms": UnitFacts("time", 1e-3),
    **dict.fromkeys(("s", "sec", "second", "seconds"), UnitFacts("time")),
    **dict.fromkeys(("m", "min", "minute", "minutes"), UnitFacts("time", 60.0)),
    **dict.fromkeys(("h", "hour", "hours"), UnitFacts("time", 3600.0)),
    **dict.fromkeys(("d", "day", "days"), UnitFacts("time", 86400.0)),
    **dict.fromkeys(("w", "week", "weeks"), UnitFacts("time", 604800.0)),
    "USD": UnitFacts("money"),
}
"""The units an author may write behind a number; `/s` behind one makes it a rate.

kB, MB … are powers of 1000 and KiB, MiB … powers of 1024 (IEC 80000-13).
"""

KIND_WORDS: dict[Kind, str] = {
    "number": "a number",
    "percent": "a percentage",
    "bytes": "an amount of data",
    "bits": "a number of bits",
    "time": "a time",
    "money": "an amount of money",
}
