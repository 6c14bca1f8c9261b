"""Writes the generated pages of `docs/`. A test compares them with what is committed."""
