"""Findings about names, references and parameters."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

NOT_AT_COMPILE_TIME = Rule(
    "reference/not-at-compile-time",
    write_page(
        """
A deploy-time parameter stands where the value must be known when the spec is compiled.

Why: names and numbers that are checked, or that other things refer to, cannot wait for the
deployment. Use an environment's `values` instead.
""",
        """parameters:
  limit: {description: How much}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: "${limit}"}}""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}",
    ),
)

UNKNOWN_PARAMETER = Rule(
    "parameter/unknown",
    """
An environment gives a value to a parameter that the spec does not have.

Why: the value would be lost.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {clutser: shop}}
parameters:
  cluster: {description: ECS cluster}
tags: {cluster: "${cluster}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {cluster: shop}}
parameters:
  cluster: {description: ECS cluster}
tags: {cluster: "${cluster}"}
```
""",
)

BAD_PARAMETER = Rule(
    "parameter/bad-value",
    """
A value given to a parameter is not one it allows.

Why: the deployment would be refused.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {tier: gold}}
parameters:
  tier: {allowed: [silver, bronze]}
tags: {tier: "${tier}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {tier: silver}}
parameters:
  tier: {allowed: [silver, bronze]}
tags: {tier: "${tier}"}
```
""",
)

UNKNOWN_REGION = Rule(
    "environment/unknown-region",
    """
A Region is not among those known to this version of watchspec.

Why: it is misspelt, or it is newer than the list. Its templates are linted like those of us-east-1.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-wset-1}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)

BAD_NAME = Rule(
    "name/not-possible",
    write_page(
        """
A name in AWS is too long or has characters that AWS does not allow there.

Why: the deployment would be refused.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  my dashboard: {rows: [{graph: cpu}]}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  my-dashboard: {rows: [{graph: cpu}]}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html (read 2026-11-24)",
    ),
)

BAD_PATTERN = Rule(
    "name/bad-pattern",
    """
The naming pattern does not hold `${name}`.

Why: without it all things would have the same name.

Bad:
```yaml
version: v1
service: shop
names: "${environment}-${service}"
environments:
  prod: {region: eu-west-1}
```

Good:
```yaml
version: v1
service: shop
names: "${environment}-${service}-${name}"
environments:
  prod: {region: eu-west-1}
```
""",
)

INTRINSIC = Rule(
    "reference/intrinsic",
    write_page(
        """
A CloudFormation function (`Ref`, `Fn::Sub` …) stands in a free-form part of a spec.

Why: what an author writes is data; `${name}` is the one way to refer to something.
""",
        """logs:
  backend: {group: /shop, retention: 30 days, properties: {KmsKeyId: {Ref: Key}}}""",
        """parameters:
  key: {description: ARN of the key}
logs:
  backend: {group: /shop, retention: 30 days, properties: {KmsKeyId: "${key}"}}""",
    ),
)

DYNAMIC_REFERENCE = Rule(
    "reference/dynamic",
    write_page(
        """
A text holds a CloudFormation dynamic reference (`{{resolve:…}}`).

Why: CloudFormation would put a secret or another value where text is meant; parameters with `ssm`
say the same in the open.
""",
        "tags: {team: '{{resolve:ssm:team}}'}",
        'parameters:\n  team: {ssm: /shop/team}\ntags: {team: "${team}"}',
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html (read 2026-11-24)",
    ),
)

RULES = (
    NOT_AT_COMPILE_TIME,
    UNKNOWN_PARAMETER,
    BAD_PARAMETER,
    UNKNOWN_REGION,
    BAD_NAME,
    BAD_PATTERN,
    INTRINSIC,
    DYNAMIC_REFERENCE,
)
