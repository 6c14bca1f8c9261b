import pytest
from benchmarks import corpus

pytestmark = pytest.mark.pure


def test_a_made_up_document_is_the_same_wherever_it_is_made() -> None:
    one, other = corpus.Corpus(), corpus.Corpus()
    assert list(one.samples(3, start=7))[2] == other.sample(9)
    assert other.sample(9) != other.sample(10)


def test_made_up_texts_have_the_length_asked_and_known_facets() -> None:
    samples = list(corpus.Corpus().samples(50))
    assert {len(sample.text) for sample in samples} <= set(range(385, 401))
    assert all(set(sample.facets) == set(corpus.FACETS) for sample in samples)


def test_queries_are_of_their_frequency_band() -> None:
    made = corpus.Corpus()
    texts = [sample.text for sample in made.samples(400)]

    def share(band: str) -> float:
        words = [query for query in made.queries(20, band) if " " not in query]
        return sum(word in text for word in words for text in texts) / len(words) / len(texts)

    assert share("rare") < 0.005 < share("medium") < 0.05 < share("common")
