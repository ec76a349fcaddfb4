"""Composite alarms over the histories of their children.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import numpy as np

from watchspec.model.alarm_rules import (
    Constant,
    Junction,
    Negation,
    RuleTerm,
    StateOf,
)
from watchspec.simulate.judging import Bools, Codes, State


def evaluate_rule(term: RuleTerm, histories: Mapping[str, Codes], size: int) -> Codes:
    """The state of a composite alarm at each of `size` steps: ALARM where its rule is true, else OK.

    histories: the state of each child at the same steps, by its key.
    """
    return np.where(_truth(term, histories, size), State.ALARM, State.OK).astype(np.int8)


def _truth(term: RuleTerm, histories: Mapping[str, Codes], size: int) -> Bools:
    match term:
        case Constant():
            return np.full(size, term.value)
        case StateOf():
            is_in_state: Bools = histories[term.alarm] == State[term.state]
            return is_in_state
        case Negation():
            return ~_truth(term.term, histories, size)
        case Junction():
            join = np.logical_and if term.word == "AND" else np.logical_or
            joined: Bools = join.reduce([_truth(one, histories, size) for one in term.terms])
            return joined
        case _:
            truths = [_truth(one, histories, size) != term.is_negated for one in term.members]
            # AWS documents no rounding; a share that is no whole number of alarms is rounded up.
            share = ceil(term.count * len(truths) / 100) if term.is_percent else term.count
            reached: Bools = np.sum(truths, axis=0) >= share
            return reached
