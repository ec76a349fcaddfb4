"""Validate: documents in, a spec of the right shape out.

The one room that knows JSON Schema. `validate_documents` checks files as they were written and
joins them; `validate_expanded` checks the tree of one environment once everything is written out.
`validate_project` checks the project file.
"""

from watchspec.validate.documents import (
    validate_documents,
    validate_expanded,
    validate_project,
)
from watchspec.validate.schema import schema_root

__all__ = ["schema_root", "validate_documents", "validate_expanded", "validate_project"]
