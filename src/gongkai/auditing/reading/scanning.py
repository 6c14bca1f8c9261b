"""Whether this process may recognise characters now.

The guarded reader says no at first: a scan then answers `errors.Scan` and is asked again with more time and memory.
"""

allowed = True
