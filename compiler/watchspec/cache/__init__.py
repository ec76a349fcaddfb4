"""Cache: what was compiled and linted before, by the content it was made from.

A file of JSON for each spec and for each linted template. Nothing is lost if the folder is deleted, but
time; `make_folder` is for others whose files may be lost.
"""

from watchspec.cache.store import Cache, make_folder, open_cache

__all__ = ["Cache", "make_folder", "open_cache"]
