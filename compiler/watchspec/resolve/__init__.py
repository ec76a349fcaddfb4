"""Resolve: the expanded tree of one environment in, Monitoring out.

Every implicit choice is made here: periods, data points, names, Regions, routes, sentences.
"""

from watchspec.resolve.monitoring import resolve_environment

__all__ = ["resolve_environment"]
