"""Full-text search over Chinese documents: a small protocol and an embedded engine.

`contract` holds what callers say and hear, `engine` opens a reader or the one indexer of a data folder,
`highlight` marks what was found in the original text. Nothing here knows Django or what a document is about.
"""
