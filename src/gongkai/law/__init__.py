"""The law as data with a date, and small functions on it. Plain Python: no Django, no clock, no network."""
