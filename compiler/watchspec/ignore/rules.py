"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

_SPEC = """version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
values:
  spare: 1
"""

UNKNOWN_RULE = Rule(
    "ignore/unknown-rule",
    f"""
What is to be ignored is not the code of a rule.

Why: nothing would be ignored. `watchspec explain --all` lists the codes.

Bad:
```yaml
{_SPEC}ignore:
  - {{rule: reference/unused-nam, reason: The next version needs it., until: 2030-01-31}}
```

Good:
```yaml
{_SPEC}ignore:
  - {{rule: reference/unused-name, reason: The next version needs it., until: 2030-01-31}}
```
""",
)
BLOCKING_RULE = Rule(
    "ignore/blocking-rule",
    f"""
A rule is to be ignored whose findings leave nothing to compile.

Why: the compiler cannot go on from what such a rule finds, so ignoring it would have no effect.
`watchspec explain RULE` says of every rule whether it can be ignored.

Bad:
```yaml
{_SPEC}ignore:
  - {{rule: reference/unused-name, reason: The next version needs it., until: 2030-01-31}}
  - {{rule: yaml/duplicate-key, reason: It is on purpose., until: 2030-01-31}}
```

Good:
```yaml
{_SPEC}ignore:
  - {{rule: reference/unused-name, reason: The next version needs it., until: 2030-01-31}}
```
""",
)
UNUSED = Rule(
    "ignore/unused",
    """
There is nothing to ignore where something is ignored.

Why: what was wrong has been mended, or the entry stands in the wrong place; left where it is, it would
hide the next mistake.

Bad:
```yaml
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
ignore:
  - {rule: reference/unused-name, reason: The next version needs it., until: 2030-01-31}
```

Good:
```yaml
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
```
""",
)
EXPIRED = Rule(
    "ignore/expired",
    """
The last day of an ignore has passed.

Why: an ignore is a decision for a time. Its findings are back, each with its own severity; mend them,
or decide anew and write the new day.
""",
)
OUTDATED_BASELINE = Rule(
    "ignore/outdated-baseline",
    """
The baseline holds findings that no longer occur.

Why: left in the baseline, they would hide the same mistakes when somebody makes them again.
`watchspec check --write-baseline` takes them out.
""",
)
BAD_BASELINE = Rule(
    "ignore/bad-baseline",
    """
The baseline cannot be read.

Why: what it hides is not known. It is written by `watchspec check --write-baseline`, not by hand; when
two branches have changed it, take either and write it anew.
""",
)

RULES = (UNKNOWN_RULE, BLOCKING_RULE, UNUSED, EXPIRED, OUTDATED_BASELINE, BAD_BASELINE)
