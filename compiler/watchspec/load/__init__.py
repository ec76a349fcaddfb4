"""Load: a path in, located YAML documents out (the spec first, then the fragments it includes).

The one room that knows YAML text. Everything that could hurt later rooms (bombs, deep nesting,
look-alike characters, numbers that are not what they seem) is refused here.
"""

from watchspec.load.includes import load_spec

__all__ = ["load_spec"]
