"""How many slips of the pen in names that AWS documents are found, and led back to the right name."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator

import pytest

from watchspec.catalog.metrics import (
    is_complete,
    known_dimensions,
    known_metrics,
    known_namespaces,
)
from watchspec.diagnostics import near_miss, suggest_name

CHECKED = sorted(name for name in known_namespaces() if is_complete(name))
LISTS = [
    pytest.param(known_metrics, id="metrics"),
    pytest.param(known_dimensions, id="dimensions"),
]


def make_slips(name: str, chance: random.Random) -> Iterator[str]:
    """The name with one letter left out, doubled, swapped with the next, replaced, in the other case."""
    for _ in range(2):
        at = chance.randrange(len(name) - 1)
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at] + name[at:]
        yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        yield name[:at] + chance.choice(string.ascii_letters) + name[at + 1 :]
        yield name[:at] + name[at].swapcase() + name[at + 1 :]


def suggest(word: str, known: frozenset[str]) -> str:
    """What the rules suggest for an unknown name."""
    meant = near_miss(word, known)
    return f'did you mean "{meant}"?' if meant else suggest_name(word, known)


@pytest.mark.parametrize("names_of", LISTS)
def test_slips_are_found_and_led_back(names_of: Callable[[str], frozenset[str]]) -> None:
    chance = random.Random(2611)  # noqa: S311 - not for secrets
    slips = found = right = 0
    for namespace in CHECKED:
        known = names_of(namespace)
        for name in sorted(known):
            for slip in set(make_slips(name, chance)) - {name}:
                slips += 1
                found += slip not in known
                right += slip not in known and suggest(slip, known) == f'did you mean "{name}"?'

    assert slips > 300
    assert found / slips >= 0.99
    assert right / slips >= 0.95


def test_a_name_that_is_not_in_a_list_is_rarely_taken_for_a_slip() -> None:
    """Each name of AWS, as if its list lacked it: most must not be errors."""
    mistaken = total = 0
    for namespace in known_namespaces():
        known = known_metrics(namespace)
        total += len(known)
        mistaken += sum(bool(near_miss(name, known - {name})) for name in known)

    assert total > 1_800
    assert mistaken / total <= 0.04


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("CPUUtilisation", "CPUUtilization"),
        ("cpuutilization", "CPUUtilization"),
        ("CPUUtilizatoin", "CPUUtilization"),
        ("CPUtilization", "CPUUtilization"),
        ("CPUUtiliation2", ""),
        ("CPUReservation", ""),
        ("4xxErrorRate", ""),
        ("5xErrorRate", "5xxErrorRate"),
        ("", ""),
    ],
)
def test_one_letter_is_a_slip_and_two_or_a_digit_are_not(word: str, meant: str) -> None:
    assert near_miss(word, ["CPUUtilization", "5xxErrorRate"]) == meant


def test_among_names_that_differ_in_case_the_one_with_more_letters_alike_is_meant() -> None:
    names = ["DBInstanceIdentifier", "DbInstanceIdentifier"]

    assert near_miss("DBInstanceIdentifer", names) == "DBInstanceIdentifier"
    assert near_miss("DbInstanceIdentifer", names) == "DbInstanceIdentifier"
