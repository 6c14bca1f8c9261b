"""One act on many records: looked at in a preview, then done one by one, each in a transaction of its own."""
