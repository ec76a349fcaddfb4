"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

UNKNOWN_NAME = Rule(
    "reference/unknown-name",
    """
`${name}` refers to nothing.

Why: a value, a parameter or a list item of that name is not known here. To write `${name}`
literally, for example a label that CloudWatch fills in, double the dollar sign: `$${MAX}`.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, values: {retention: 30 days}}
logs:
  backend: {group: /shop, retention: "${retntion}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, values: {retention: 30 days}}
logs:
  backend: {group: /shop, retention: "${retention}"}
```
""",
)
BAD_REFERENCE = Rule(
    "reference/malformed",
    """
A reference is not written as `${name}`.

Why: AWS's own forms (`${AWS::AccountId}`, `Ref`, `Fn::Sub`, `{{resolve:…}}`) would bypass the
checks; `${account}`, `${region}`, `${partition}` and parameters say the same.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
tags: {where: "${AWS::Region}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
tags: {where: "${region}"}
```
""",
)
NOT_TEXT = Rule(
    "reference/not-text",
    """
A list or a mapping is put into the middle of a text.

Why: a text is made of texts and numbers; a list stands alone.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {queues: [a, b]}
tags: {queues: "all ${queues}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {team: checkout}
tags: {team: "the ${team} team"}
```
""",
)
VALUE_CYCLE = Rule(
    "reference/cycle",
    """
Values or exports refer to each other in a circle.

Why: a circle has no first value. A chain of more than 64 is refused like one.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {a: "${b}", b: "${a}"}
tags: {a: "${a}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {a: "${b}", b: one}
tags: {a: "${a}"}
```
""",
)
NAME_TAKEN = Rule(
    "reference/name-taken",
    """
One name stands for two things.

Why: `${name}` must mean one thing; environment, service, region, account and partition are taken.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {region: here}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {place: here}
tags: {place: "${place}"}
```
""",
)
UNUSED_NAME = Rule(
    "reference/unused-name",
    """
A value or a parameter is given but never used.

Why: either it is left over, or the place that should use it says something else.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {limit: 70%}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {team: checkout}
tags: {team: "${team}"}
```
""",
)
UNKNOWN_ENVIRONMENT = Rule(
    "environment/unknown",
    """
A thing is limited to an environment that the spec does not have.

Why: it would silently exist nowhere.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend: {group: /shop, retention: 30 days, only: [prd]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend: {group: /shop, retention: 30 days, only: [prod]}
```
""",
)
KNOWN_TOO_LATE = Rule(
    "reference/known-too-late",
    """
A deploy-time parameter stands in a name, a key, or the Region or account of an environment.

Why: these decide which stacks there are and what is in them, so they are known before.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: "${home}"}
parameters: {home: {}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: "${home}"}
values: {home: eu-west-1}
```
""",
)
UNKNOWN_CHANGE = Rule(
    "environment/unknown-change",
    """
A change names something the spec does not have, or that no change can alter.

Why: what it was meant to alter would stay as it is.

Bad:
```yaml
version: v1
service: shop
environments:
  prod:
    region: eu-west-1
    changes: {logs.backnd.retention: 30 days}
logs:
  backend: {group: /shop, retention: 7 days}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod:
    region: eu-west-1
    changes: {logs.backend.retention: 30 days}
logs:
  backend: {group: /shop, retention: 7 days}
```
""",
)
BAD_LOOP = Rule(
    "for-each/bad-list",
    """
`for_each` does not lead to a list of items with names of their own.

Why: each item makes one thing, and each thing needs its own name: the name must hold the
variable.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  age:
    for_each: {queue: [orders, payments]}
    metric: AWS/SQS ApproximateAgeOfOldestMessage
    dimensions: {QueueName: "${queue}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  age_${queue}:
    for_each: {queue: [orders, payments]}
    metric: AWS/SQS ApproximateAgeOfOldestMessage
    dimensions: {QueueName: "${queue}"}
```
""",
)
TOO_MANY = Rule(
    "for-each/too-many",
    """
Lists unroll to more than 20,000 things, or values of values to more than anyone can read.

Why: a template holds 500 resources at most; something multiplies that should not.
""",
)

RULES = (
    UNKNOWN_NAME,
    BAD_REFERENCE,
    NOT_TEXT,
    VALUE_CYCLE,
    NAME_TAKEN,
    UNUSED_NAME,
    UNKNOWN_ENVIRONMENT,
    KNOWN_TOO_LATE,
    UNKNOWN_CHANGE,
    BAD_LOOP,
    TOO_MANY,
)
