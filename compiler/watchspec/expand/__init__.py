"""Expand: a spec and one environment in, the tree of that environment out, everything written out.

Changes are applied, things of other environments left out, lists unrolled, compile-time values
put in. What is left of `${name}` are deploy-time parameters.
"""

from watchspec.expand.environment import expand_spec

__all__ = ["expand_spec"]
