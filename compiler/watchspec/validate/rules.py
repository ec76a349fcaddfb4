"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

_GOOD = """
Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
"""

MISSING_VERSION = Rule(
    "spec/missing-version",
    """
A file does not say which version of the spec language it is written in.

Why: the same words may mean something else in a later version; a spec says which it means.

Bad:
```yaml
service: shop
environments:
  prod: {region: eu-west-1}
```
"""
    + _GOOD,
)
UNSUPPORTED_VERSION = Rule(
    "spec/unsupported-version",
    """
A file asks for a version of the spec language that this watchspec does not know.

Why: guessing would compile something the author did not mean.

Bad:
```yaml
version: v9
service: shop
environments:
  prod: {region: eu-west-1}
```
"""
    + _GOOD,
)
UNKNOWN_KEY = Rule(
    "spec/unknown-key",
    """
A key is not known at this place.

Why: a misspelt key that is ignored is an alarm that never goes off.

Bad:
```yaml
version: v1
service: shop
enviroments:
  prod: {region: eu-west-1}
```
"""
    + _GOOD,
)
MISSING_KEY = Rule(
    "spec/missing-key",
    """
Something needed is not given.

Why: there is no sensible default for it.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {}
```
"""
    + _GOOD,
)
WRONG_KEYS = Rule(
    "spec/wrong-keys",
    """
Keys are given together that exclude each other, or one of several is needed and none is given.

Why: each way of saying it means something else.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  hits: {metric: AWS/S3 GetRequests, query: SELECT 1}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  hits: {metric: AWS/Lambda Invocations, dimensions: {FunctionName: shop}}
```
""",
)
WRONG_TYPE = Rule(
    "spec/wrong-type",
    """
A value is of the wrong type.

Why: text, numbers, true or false, lists and mappings are not interchangeable.

Bad:
```yaml
version: v1
service: [shop]
environments:
  prod: {region: eu-west-1}
```
"""
    + _GOOD,
)
WRONG_VALUE = Rule(
    "spec/wrong-value",
    """
A value is none of those possible, or not written as it must be.

Why: the message says what is expected here.

Bad:
```yaml
version: v1
service: My Shop
environments:
  prod: {region: eu-west-1}
```
"""
    + _GOOD,
)
NOT_A_SPEC = Rule(
    "spec/fragment",
    """
A file without a service is compiled.

Why: a fragment is included by specs; it has nothing to be compiled by itself.

Bad:
```yaml
version: v1
values: {limit: 70%}
```
"""
    + _GOOD,
)
ONLY_TESTS = Rule(
    "test/other-section",
    """
A file of tests holds something else.

Why: what is compiled is in the spec and in what it includes; tests are not looked at for it.

Help: move it to the spec.
""",
)
DEFINED_TWICE = Rule(
    "include/defined-twice",
    """
Two files give the same thing.

Why: one of them would silently win. A spec changes what it includes through `changes`, where a
reader sees it; its own values, tags and settings go before those of a fragment.
""",
)

_BODY_SOURCE = """
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)
"""
BAD_WIDGET = Rule(
    "dashboard/bad-widget",
    """
A raw widget is none that CloudWatch takes.

Why: it refuses the whole dashboard. Each metric is a list of texts: namespace, name, then the name and the
value of each dimension; what is different about its line comes last, as a mapping.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
dashboards:
  web:
    rows:
      - raw:
          type: metric
          properties:
            region: eu-west-1
            metrics: [[AWS/SQS, NumberOfMessagesSent, {Name: QueueName, Value: orders}]]
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
dashboards:
  web:
    rows:
      - raw:
          type: metric
          properties:
            region: eu-west-1
            metrics: [[AWS/SQS, NumberOfMessagesSent, QueueName, orders]]
```
"""
    + _BODY_SOURCE,
)
UNKNOWN_PROPERTY = Rule(
    "dashboard/unknown-property",
    """
A raw widget has a property that is not known.

Why: CloudWatch ignores some of them without a word, and refuses a dashboard for others; most are misspelt.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
dashboards:
  web:
    rows:
      - raw: {type: text, properties: {markdown: Hello, backgroud: transparent}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
dashboards:
  web:
    rows:
      - raw: {type: text, properties: {markdown: Hello, background: transparent}}
```
"""
    + _BODY_SOURCE,
)

RULES = (
    UNKNOWN_PROPERTY,
    MISSING_VERSION,
    UNSUPPORTED_VERSION,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_KEYS,
    WRONG_TYPE,
    WRONG_VALUE,
    NOT_A_SPEC,
    ONLY_TESTS,
    DEFINED_TWICE,
)
