"""Catalog: facts about AWS, each with its source and the date it was read. No logic, no I/O but its own data."""
