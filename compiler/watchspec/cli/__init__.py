"""The command line: parse, call, print, exit. The one room that knows click."""

from watchspec.cli.main import main

__all__ = ["main"]
