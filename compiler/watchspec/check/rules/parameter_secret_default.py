"""A secret parameter has a default, which everybody can read in the spec and in the template.

Why: `secret: true` hides what is given at deployment; a default is written into the template as it is.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
parameters:
  hook: {secret: true, default: https://chat.example.com/shop}
notify:
  critical: {https: ["${hook}"]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
parameters:
  hook: {secret: true}
notify:
  critical: {https: ["${hook}"]}
```

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("parameter/secret-default", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Secrets with a value for everybody."""
    for parameter in monitoring.parameters:
        if parameter.is_secret and parameter.default:
            yield RULE.find(
                Severity.WARNING,
                f'the secret "{parameter.name}" has a default, which stands in the template',
                monitoring.source.place("parameters", parameter.name, "default"),
                help="remove it, and give the value at deployment",
            )
