"""Write: templates in, files out; or, to see what would change, nothing at all."""

from watchspec.write.output import write_templates

__all__ = ["write_templates"]
