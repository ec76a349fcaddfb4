"""Cache: what was compiled and linted before, by the content it was made from.

A file of JSON for each spec and for each linted template. Nothing is lost if the folder is deleted.
"""

from watchspec.cache.store import Cache, open_cache

__all__ = ["Cache", "open_cache"]
