"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

CANNOT_WRITE = Rule(
    "file/cannot-write",
    """
A file of the output cannot be written.

Why: the disk is full, a folder is protected, or a name in the output folder is a link that leads
somewhere else. Nothing was replaced.
""",
)
SAME_FILE = Rule(
    "file/same-file",
    """
Two stacks would be written to names that some file systems take for one.

Why: environments or services whose names differ only in case share a file on macOS and Windows.
""",
)

RULES = (CANNOT_WRITE, SAME_FILE)
