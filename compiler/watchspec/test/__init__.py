"""Test: the environments of a spec with their tests in, what came of them out.

It runs what `simulate` simulates and judges it, finds out what the tests cover, and what they would not
notice; whoever reports draws the pictures. The rulebook reads this room's rules, so numpy is only
loaded when something is to be run.
"""

from typing import TYPE_CHECKING

from watchspec.doors import open_when_asked

if TYPE_CHECKING:
    from watchspec.test.run import run_tests
    from watchspec.test.suggestion import suggest_test

__all__ = ["run_tests", "suggest_test"]

__getattr__ = open_when_asked(__name__, {"run_tests": "run", "suggest_test": "suggestion"})
