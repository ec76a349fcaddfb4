"""Findings about logs and saved queries."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

UNKNOWN_LOG = Rule(
    "log/unknown",
    write_page(
        """
Something refers to a log that the spec does not have.

Why: saved queries and widgets name the logs of the same spec.
""",
        """queries:
  Errors: {log: backend, question: Which errors?, query: filter level = "ERROR"}""",
        """logs:
  backend: {group: /shop, retention: 30 days}
queries:
  Errors: {log: backend, question: Which errors?, query: filter level = "ERROR"}""",
    ),
)

BAD_RETENTION = Rule(
    "log/bad-retention",
    write_page(
        """
A log group is kept for a number of days that CloudWatch Logs does not offer, or nothing is said.

Why: only certain numbers of days exist, and lines that are kept for ever cost for ever.
""",
        "logs:\n  backend: {group: /shop, retention: 10 days}",
        "logs:\n  backend: {group: /shop, retention: 14 days}",
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (read 2026-11-24)",
    ),
)

PROTECTED_DELETION = Rule(
    "log/protected-deletion",
    write_page(
        """
A log group is both protected against deletion and deleted with its stack.

Why: AWS refuses to delete a protected group, so the stack could not be deleted either.
""",
        """logs:
  backend: {group: /shop, retention: 30 days, on_delete: delete, deletion_protection: true}""",
        """logs:
  backend: {group: /shop, retention: 30 days, on_delete: delete}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html (read 2026-11-24)",
    ),
)

NO_EFFECT = Rule(
    "log/no-effect",
    write_page(
        """
A setting is given for a log group that somebody else makes.

Why: the group is only used here; what it is like is decided elsewhere.
""",
        """logs:
  backend: {group: /shop, existing: true, retention: 30 days}""",
        """logs:
  backend: {group: /shop, existing: true}""",
    ),
)

BAD_LANGUAGE = Rule(
    "query/wrong-language",
    write_page(
        """
A saved query gives something that its language does not have.

Why: an SQL query names its log groups itself, in FROM; parameters exist in Logs Insights QL alone.
A dashboard shows only queries in Logs Insights QL whose parameters have defaults.
""",
        """logs:
  backend: {group: /shop, retention: 30 days}
queries:
  Errors: {log: backend, language: SQL, question: Which errors?, query: SELECT 1 FROM `/shop`}""",
        """queries:
  Errors: {language: SQL, question: Which errors?, query: SELECT 1 FROM `/shop`}""",
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html (read 2026-11-24)",
    ),
)

UNKNOWN_QUERY = Rule(
    "query/unknown",
    write_page(
        """
A widget shows a saved query that the spec does not have.

Why: the widget would be empty.
""",
        "dashboards:\n  main: {rows: [{query: Errors}]}",
        """logs:
  backend: {group: /shop, retention: 30 days}
queries:
  Errors: {log: backend, question: Which errors?, query: filter level = "ERROR"}
dashboards:
  main: {rows: [{query: Errors}]}""",
    ),
)

RULES = (
    UNKNOWN_LOG,
    BAD_RETENTION,
    PROTECTED_DELETION,
    NO_EFFECT,
    BAD_LANGUAGE,
    UNKNOWN_QUERY,
)
