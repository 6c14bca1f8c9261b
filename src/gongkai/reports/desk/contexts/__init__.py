"""What the report screens show, as plain values."""
