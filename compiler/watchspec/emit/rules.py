"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

_HEAD = """version: v1
service: shop
environments:
  prod: {region: eu-west-1}
"""
_SOURCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (read 2026-11-24)"

SAME_ID = Rule(
    "template/same-id",
    """
Two things would have the same logical id in a template.

Why: logical ids are made of names by leaving out everything but letters and digits; these two
names differ only in what is left out.
""",
)
UNKNOWN_PROPERTY = Rule(
    "template/unknown-property",
    f"""
`properties` names a property the resource does not have.

Why: CloudFormation would refuse the template.

Bad:
```yaml
{_HEAD}logs:
  backend: {{group: /shop, retention: 30 days, properties: {{FieldIndexPolices: []}}}}
```

Good:
```yaml
{_HEAD}logs:
  backend: {{group: /shop, retention: 30 days, properties: {{FieldIndexPolicies: []}}}}
```
""",
)
PROPERTY_SET = Rule(
    "template/property-set",
    f"""
`properties` gives a property that the compiler makes itself.

Why: one of the two would silently win, and the checks look at the words of the spec.

Bad:
```yaml
{_HEAD}logs:
  backend: {{group: /shop, retention: 30 days, properties: {{RetentionInDays: 7}}}}
```

Good:
```yaml
{_HEAD}logs:
  backend: {{group: /shop, retention: 7 days}}
```
""",
)
EMPTY = Rule(
    "template/empty",
    f"""
An environment has nothing in it.

Why: CloudFormation refuses a template without resources, so no file is written.

Bad:
```yaml
{_HEAD}```

Good:
```yaml
{_HEAD}logs:
  backend: {{group: /shop, retention: 30 days}}
```
""",
)
QUOTED_VALUE = Rule(
    "template/quoted-value",
    f"""
A parameter with a quote or a backslash in its value is used in a dashboard or in a message.

Why: the value is put into JSON when the stack is deployed, and would break it.

Bad:
```yaml
{_HEAD}parameters:
  team: {{default: 'the "A" team'}}
dashboards:
  main: {{rows: [{{text: "For ${{team}}"}}]}}
```

Good:
```yaml
{_HEAD}parameters:
  team: {{default: the A team}}
dashboards:
  main: {{rows: [{{text: "For ${{team}}"}}]}}
```
""",
)
TOO_LARGE = Rule(
    "template/too-large",
    f"""
A stack has more in it than CloudFormation takes.

Why: a template has 500 resources, 200 parameters, 200 outputs and 1,000,000 bytes at the most.
Split the spec into two services.

Source: {_SOURCE}
""",
)
NEEDS_BUCKET = Rule(
    "template/needs-bucket",
    f"""
A template is too large to be deployed without an S3 bucket.

Why: `aws cloudformation deploy` takes 51,200 bytes; larger templates go through a bucket.

Source: {_SOURCE}
""",
)
DYNAMIC_REFERENCE = Rule(
    "template/dynamic-reference",
    """
Texts that stand beside each other make a CloudFormation dynamic reference (`{{resolve:…}}`).

Why: CloudFormation would put another value where text is meant.
""",
)

RULES = (
    EMPTY,
    SAME_ID,
    UNKNOWN_PROPERTY,
    PROPERTY_SET,
    TOO_LARGE,
    NEEDS_BUCKET,
    DYNAMIC_REFERENCE,
    QUOTED_VALUE,
)
