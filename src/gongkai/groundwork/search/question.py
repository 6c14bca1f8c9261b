"""One query against one state of the index: hits in order, their number, facet counts.

Order by relevance goes by tiers, each ranked in itself: the document whose number was asked; those with the
text as it stands in the title; those whose number begins so; those with all words in the title; the rest. A
tier is only asked when the page reaches it, so that common words, which fill a page from titles alone, are
never scored over all their documents.
"""

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

import tantivy

from gongkai.groundwork.search import contract, layout, plan

RERANKED = 200
"""The best of each tier that the age of a document may reorder."""
HALF_LIFE = 3 * 365 * 86_400
RECENCY = 0.3
"""What being new is worth, as a share of the score."""

Must, MustNot, Should = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    query: contract.SearchQuery
    asked: plan.Plan

    def count(self) -> tuple[int, dict[str, tuple[contract.FacetCount, ...]]]:
        """The exact number of hits, and the facets."""
        wanted = {
            name: {"terms": {"field": layout.facet_field(name), "size": self.query.facet_values}}
            for name in self.query.facets
        }
        answer = self.searcher.aggregate(
            self._filtered(self._matching(scored=False)),
            wanted | {"\ttotal": {"value_count": {"field": "key"}}},
        )
        counts = {name: _by_count(answer[name]["buckets"]) for name in self.query.facets}
        return int(answer["\ttotal"]["value"]), counts

    def keys(self) -> tuple[int, ...]:
        """The page asked for, of the first hits that can be paged through."""
        end = min(self.query.offset + self.query.limit, contract.PAGED_HITS)
        if end <= self.query.offset:
            return ()
        by_date = self.query.sort is contract.Sort.DATE or not self.asked.clauses
        addresses = self._newest(end) if by_date else self._best(end)
        page = addresses[self.query.offset : end]
        return tuple(self._whole_numbers("key", page))

    def _newest(self, end: int) -> list[tantivy.DocAddress]:
        everything = self._filtered(self._matching(scored=False))
        found = self.searcher.search(everything, end, count=False, order_by_field="moment")
        return [address for _, address in found.hits]

    def _best(self, end: int) -> list[tantivy.DocAddress]:
        addresses: list[tantivy.DocAddress] = []
        higher: list[tantivy.Query] = []
        for tier, unscored in self._tiers():
            narrowed = self._filtered(tier, but_not=higher)
            addresses += self._ranked(narrowed, end - len(addresses))
            if len(addresses) >= end:
                break
            higher.append(unscored)
        return addresses

    def _ranked(self, ranked: tantivy.Query, end: int) -> list[tantivy.DocAddress]:
        reranked = RERANKED if self.query.at is not None else 0
        hits = self.searcher.search(ranked, max(end, reranked), count=False).hits
        addresses = [address for _, address in hits]
        if self.query.at is None:
            return addresses
        moments = self._whole_numbers("moment", addresses[:RERANKED])
        scores = [
            -score * _freshness(self.query.at - (moment >> layout.KEY_BITS))
            for (score, _), moment in zip(hits, moments, strict=False)
        ]
        order = sorted(range(len(scores)), key=scores.__getitem__)
        return [*(addresses[place] for place in order), *addresses[RERANKED:]][:end]

    def _whole_numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        """Both fields are set in every document; only the holder of the cursor lacks them, and it never matches."""
        values = self.searcher.fast_field_values(field, addresses)
        return [value for value in values if isinstance(value, int)]

    def _tiers(self) -> Iterator[tuple[tantivy.Query, tantivy.Query]]:
        """Each as what is ranked and as what later tiers leave out."""
        title = contract.Within.TITLE
        if self.query.within is not title and self._known(self.asked.exact):
            yield (exact := self._numbered(self.asked.exact)), exact
        titles = self._words(title, scored=True), self._words(title, scored=False)
        if self.asked.whole:
            yield (as_it_stands := self._clause(self.asked.whole, title.value, scored=True)), as_it_stands
        if not self.asked.whole or self.query.within is title:
            yield titles
        if self.query.within is title:
            return
        if self._known(self.asked.begins):
            yield (begins := self._numbered(self.asked.begins)), begins
        if self.asked.whole:
            yield titles
        yield self._words(self.query.within, scored=True), tantivy.Query.empty_query()

    def _known(self, numbers: tuple[str, ...]) -> bool:
        return any(self.searcher.doc_freq("numbers", number) for number in numbers)

    def _matching(self, *, scored: bool) -> tantivy.Query:
        if not self.asked.clauses:
            return tantivy.Query.boolean_query(
                [
                    (Must, tantivy.Query.all_query()),
                    (MustNot, tantivy.Query.term_query(self.schema, "mark", layout.FEED, "basic")),
                ]
            )
        found = self._words(self.query.within, scored=scored)
        numbers = self.asked.exact + self.asked.begins
        if self.query.within is contract.Within.TITLE or not self._known(numbers):
            return found
        return tantivy.Query.boolean_query([(Should, found), (Should, self._numbered(numbers))])

    def _words(self, within: contract.Within, *, scored: bool) -> tantivy.Query:
        clauses = [self._clause(clause, within.value, scored=scored) for clause in self.asked.clauses]
        return clauses[0] if len(clauses) == 1 else tantivy.Query.boolean_query([(Must, one) for one in clauses])

    def _clause(self, clause: plan.Clause, scope: str, *, scored: bool) -> tantivy.Query:
        precision = "freq" if scored else "basic"
        match clause:
            case plan.Phrase(grams) if len(grams) > 1:
                return tantivy.Query.phrase_query(self.schema, f"{scope}_grams", list(grams))
            case plan.Phrase((gram,)):
                return tantivy.Query.term_query(self.schema, f"{scope}_grams", gram, precision)
            case plan.Word(term):
                return tantivy.Query.term_query(self.schema, f"{scope}_words", term, precision)
            case plan.Character(term):
                return tantivy.Query.term_query(self.schema, f"{scope}_characters", term, "basic")
        raise AssertionError(clause)

    def _numbered(self, numbers: tuple[str, ...]) -> tantivy.Query:
        return self._any("numbers", numbers)

    def _any(self, field: str, values: tuple[str, ...]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self.schema, field, value, "basic") for value in values]
        return terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(Should, term) for term in terms])

    def _filtered(self, matching: tantivy.Query, *, but_not: list[tantivy.Query] | None = None) -> tantivy.Query:
        filters = list(self._filters())
        if not filters and not but_not:
            return matching
        return tantivy.Query.boolean_query(
            [
                (Must, matching),
                *((Must, tantivy.Query.const_score_query(one, 0.0)) for one in filters),
                *((MustNot, one) for one in but_not or ()),
            ]
        )

    def _filters(self) -> Iterator[tantivy.Query]:
        query = self.query
        if query.number.strip():
            keys = plan.number_filter(query.number)
            yield self._any("numbers", keys) if keys else tantivy.Query.empty_query()
        for name, values in query.filters.items():
            yield self._any(layout.facet_field(name), values) if values else tantivy.Query.empty_query()
        if query.published_from is not None or query.published_before is not None:
            yield tantivy.Query.range_query(
                self.schema,
                "moment",
                tantivy.FieldType.Integer,
                None if query.published_from is None else layout.moment(query.published_from),
                None if query.published_before is None else layout.moment(query.published_before) - 1,
            )


def _by_count(buckets: list[dict[str, Any]]) -> tuple[contract.FacetCount, ...]:
    counts = (contract.FacetCount(bucket["key"], bucket["doc_count"]) for bucket in buckets)
    return tuple(sorted(counts, key=lambda one: (-one.count, one.value)))


def _freshness(age: int) -> float:
    """Between 1 for old documents and 1 + RECENCY for those of today."""
    return 1 + RECENCY * math.exp2(-max(age, 0) / HALF_LIFE)
