"""An event pattern is one that EventBridge refuses.

Why: the deployment of the stack would fail. Values stand in lists, and a comparison is a mapping with
one operator.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  uploaded:
    severity: info
    pattern: {source: [aws.s3], detail: {object: {key: [{sufix: .png}]}}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  uploaded:
    severity: info
    pattern: {source: [aws.s3], detail: {object: {key: [{suffix: .png}]}}}
```

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.event_shapes import read_patterns
from watchspec.diagnostics import Diagnostic, Rule, Severity, suggest_name
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/bad-pattern", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """What EventBridge would refuse, at the value it would refuse."""
    for written in read_patterns(monitoring):
        for problem in written.pattern.problems:
            hint = suggest_name(problem.word, problem.known)
            listed = "" if hint or not problem.known else f"one of: {', '.join(problem.known)}"
            yield RULE.find(
                Severity.ERROR if problem.is_sure else Severity.WARNING,
                problem.message,
                problem.place,
                hint=hint,
                help=problem.help or listed,
            )
