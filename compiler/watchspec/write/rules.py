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

UNREADABLE_LIST = Rule(
    "file/unreadable-list",
    """
The list of stacks in the output folder cannot be read.

Why: it says which files belong to which spec. When only some specs are compiled, the entries of the
others would be lost.
""",
)
STALE = Rule(
    "file/stale",
    """
A file of the output folder is not what the specs say.

Why: what is reviewed and deployed is the output. `watchspec compile` brings it up to date.
""",
)

RULES = (CANNOT_WRITE, SAME_FILE, UNREADABLE_LIST, STALE)
