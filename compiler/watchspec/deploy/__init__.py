"""Deploy: the output folder in, `aws cloudformation deploy` for each of its stacks in order.

It reads what `write` wrote, and nothing else; the AWS CLI does the rest.
"""

from watchspec.deploy.stacks import DeployError, deploy_environment

__all__ = ["DeployError", "deploy_environment"]
