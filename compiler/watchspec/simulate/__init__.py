"""Simulate: Monitoring and what its metrics were sent in, every alarm's states and notices out.

A CloudWatch of its own, offline and exact as far as AWS documents it; what is left open stands in
`options.py`, and what only AWS can know is said to be unsupported. Tests, backtests and previews
ask it; it asks none of them.
"""

from watchspec.simulate.scenario import simulate_monitoring

__all__ = ["simulate_monitoring"]
