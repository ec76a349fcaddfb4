"""Scaffold: the name of a service in, a first spec out."""

from watchspec.scaffold.first_spec import write_first_spec

__all__ = ["write_first_spec"]
