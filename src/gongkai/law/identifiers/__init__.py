"""Numbers that name things. Every module offers `compact` (spelling), `validate` (or raise) and `is_valid`."""
