"""One module a rule: its docstring is its page, `check` yields its findings."""
