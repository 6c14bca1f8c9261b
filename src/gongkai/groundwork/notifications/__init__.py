"""Notices: told in the desk, by mail, SMS and signed webhook. An outbox; no noun of the field lives here."""
