"""Files dropped in bulk: received, read by the worker, confirmed by the clerk as drafts of records."""
