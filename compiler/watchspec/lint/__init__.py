"""Lint: templates in, findings out, led back to the spec lines that caused the resources.

The one room that knows cfn-lint, and it knows it in a process of its own: cfn-lint takes a second to
load, so `start_linter` lets it load while the specs are still being compiled.
"""

from watchspec.lint.linter import start_linter

__all__ = ["start_linter"]
