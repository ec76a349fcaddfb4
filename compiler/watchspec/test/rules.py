"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

FAILED = Rule(
    "test/failed",
    """
A test expects something else than what its alarms do.

Why: either the alarm is not what was meant, or the test is not. In the terminal a timeline shows the
data points the alarm looked at, its states, and where expectation and fact part.

Help: change the one that is wrong. Times are those of the test: an alarm over ten minutes whose metric
is too high from the fifth minute on goes off at 15m.
""",
)
NOT_SIMULATED = Rule(
    "test/not-simulated",
    """
A test expects something of an alarm that only AWS can judge.

Why: what CloudWatch has learned, or an account holds, is not in the spec. A test that passes without
having looked would be worse than none.

Help: take the expectation out, and watch the alarm where it is deployed.
""",
)
NO_TESTS = Rule(
    "test/no-tests",
    """
There is nothing to run: no chosen spec has a test for a chosen environment.

Why: a run without tests must not look like a run in which all of them passed.

Help: begin with the alarm that matters most: let it go off, and let it be quiet.
""",
)
NOT_COVERED = Rule(
    "test/not-covered",
    """
An alarm lacks a test, and fewer are covered than `--min-coverage` asks for.

Why: an alarm is shown by three tests: one in which it goes off, one in which data comes and it stays
quiet, and one that says what it does when data is missing. A composite alarm has no data of its own.

Help: write the test that the finding names; `--coverage` shows what there is.
""",
)
MUTANT_SURVIVES = Rule(
    "test/mutant-survives",
    """
A test is missing: an alarm could be another one, and all tests would still pass.

Why: `--mutants` changes each alarm a little (`>` to `>=`, the threshold by a tenth, how many data points
must breach, what missing data means, the rule of a composite alarm) and runs its tests again. A change
that none of them notices can slip into the spec as well.

Help: write the test that the finding names. What a change does to notices is only noted, and only of
alarms with a test of their notices.
""",
)
RULES = (FAILED, NOT_SIMULATED, NO_TESTS, NOT_COVERED, MUTANT_SURVIVES)
