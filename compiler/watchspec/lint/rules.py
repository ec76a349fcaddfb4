"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

CFN_LINT = Rule(
    "template/cfn-lint",
    """
cfn-lint, the linter of CloudFormation, has found something in an emitted template.

Why: CloudFormation would probably refuse the template. The finding stands at the spec line that
caused the resource; the id of the cfn-lint rule stands in its message. What `properties` adds is the
usual cause; where it is not, please report it.

Source: https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md (read 2026-11-24)
""",
)

RULES = (CFN_LINT,)
