"""Checks before publishing: pure functions over a text, its files and what is known around it."""
