"""Emit: Monitoring in, CloudFormation templates out, one for each Region it needs.

The one room that knows troposphere.
"""

from watchspec.emit.templates import emit_templates

__all__ = ["emit_templates"]
