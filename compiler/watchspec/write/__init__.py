"""Write: templates in, files out; or, to see what would change, nothing at all."""

from watchspec.write.output import describe_drift, write_file, write_templates

__all__ = ["describe_drift", "write_file", "write_templates"]
