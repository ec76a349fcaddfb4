"""Check: Monitoring in, findings out: does it make sense to CloudWatch?

One file a rule; `RULES` names them all. Order does not matter.
"""

from watchspec.check.estate import check_estate
from watchspec.check.names import collect_names
from watchspec.check.registry import OF_THE_WHOLE_SPEC, RULES, check_monitoring

__all__ = ["OF_THE_WHOLE_SPEC", "RULES", "check_estate", "check_monitoring", "collect_names"]
