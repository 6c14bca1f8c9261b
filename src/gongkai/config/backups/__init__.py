"""Backups: one archive of database and files with a manifest of digests; keys are always apart."""
