"""The fields of the embedded engine's index, and how a document is laid out in them."""

from collections.abc import Sequence

import tantivy

from gongkai.groundwork.search import contract, words

FORMAT = 1
"""Raise it with every change of fields or of terms: an index of another format is rebuilt, never read."""

FEED = "feed"
"""The one document that is no document: it holds the cursor, in the same commit as what the cursor stands for."""

KEY_BITS = 22
LAST_SECOND = (1 << 62 - KEY_BITS) - 1
TERMS = "terms"


def schema(facets: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed, because deleting by an unsigned term silently deletes nothing in this binding (0.27).
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("moment", fast=True)
    for scope in contract.Within:
        builder.add_text_field(f"{scope.value}_grams", tokenizer_name=TERMS, index_option="position")
        builder.add_text_field(f"{scope.value}_words", tokenizer_name=TERMS, index_option="freq")
        builder.add_text_field(f"{scope.value}_characters", tokenizer_name=TERMS, index_option="basic")
    builder.add_text_field("numbers", tokenizer_name="raw", index_option="basic")
    for name in facets:
        builder.add_text_field(facet_field(name), tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("mark", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cursor", tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def analyser() -> tantivy.TextAnalyzer:
    """Splits prepared terms at spaces."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def facet_field(name: str) -> str:
    return f"facet_{name}"


def moment(published_at: int, key: int = 0) -> int:
    """One number to sort by: the time, and the key where times are equal, so that pages stay in order."""
    return _within(published_at) << KEY_BITS | key & (1 << KEY_BITS) - 1


def _within(seconds: int) -> int:
    """Times beyond what fits beside the key (some 35,000 years) are as good as the last that does."""
    return max(-LAST_SECOND, min(seconds, LAST_SECOND))


def entry(document: contract.SearchDocument, index_schema: tantivy.Schema) -> tantivy.Document:
    title = words.terms(document.title)
    attachments = words.unwrap(document.attachments)
    rest = words.terms(document.number, document.index_number, document.body, attachments)
    fields: dict[str, object] = {
        "key": document.key,
        "moment": moment(document.published_at, document.key),
        "numbers": [*words.number_keys(document.number), *words.whole_keys(document.index_number)],
    }
    for scope, parts in ((contract.Within.TITLE, [title]), (contract.Within.EVERYWHERE, [title, rest])):
        fields[f"{scope.value}_grams"] = [terms.grams for terms in parts]
        fields[f"{scope.value}_words"] = [terms.words for terms in parts]
        fields[f"{scope.value}_characters"] = [terms.characters for terms in parts]
    for name, values in document.facets.items():
        fields[facet_field(name)] = list(dict.fromkeys(values))
    return tantivy.Document.from_dict(fields, index_schema)


def feed_mark(cursor: str, index_schema: tantivy.Schema) -> tantivy.Document:
    return tantivy.Document.from_dict({"mark": FEED, "cursor": cursor}, index_schema)
