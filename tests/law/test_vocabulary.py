from collections.abc import Callable, Mapping
from datetime import date

import pytest

from gongkai.law import instruments, periods, vocabulary
from gongkai.law.vocabulary import Term

pytestmark = pytest.mark.pure

OLD, NEW = date(2019, 5, 14), date(2019, 5, 15)
EVERYTHING: list[Callable[[], Mapping[str, Term]]] = [
    vocabulary.attributes,
    vocabulary.grounds,
    vocabulary.catalogue,
    vocabulary.genres,
    vocabulary.groups,
    vocabulary.service_objects,
    vocabulary.carriers,
    vocabulary.scopes,
    vocabulary.validities,
]


@pytest.mark.parametrize("terms", EVERYTHING, ids=lambda terms: terms.__name__)
def test_every_term_has_a_label_and_a_basis_that_resolves(terms: Callable[[], Mapping[str, Term]]) -> None:
    for key, term in terms().items():
        assert term.id == key
        assert term.label
        assert all(instruments.resolve(basis) for _, basis in term.bases)
        assert list(term.bases) == sorted(term.bases)
    assert vocabulary.labels(terms()) == {key: term.label for key, term in terms().items()}


def test_the_catalogue_has_the_fifteen_items_of_article_twenty_and_those_of_article_twenty_one() -> None:
    items = vocabulary.catalogue().values()
    common = [item for item in items if item.binds == "all"]
    assert [instruments.resolve(item.basis(on=NEW)).item for item in common] == list(range(1, 16))
    assert [item.id.startswith(f"art20_{number:02}_") for number, item in enumerate(common, 1)] == [True] * 15
    assert len([item for item in items if item.binds == "city"]) == 7
    assert len([item for item in items if item.binds == "town"]) == 8


def test_every_item_names_a_known_publication_category() -> None:
    for item in vocabulary.catalogue().values():
        assert item.period in periods.publication_categories()
    assert vocabulary.catalogue()["art20_07_budget"].period == "budget"


def test_the_attributes_are_the_four_of_the_law() -> None:
    assert vocabulary.labels(vocabulary.attributes()) == {
        "proactive": "主动公开",
        "on_request": "依申请公开",
        "not_disclosed": "不予公开",
        "not_gov_info": "非政府信息",
    }


def test_the_ground_follows_the_text_of_its_day() -> None:
    ground = vocabulary.grounds()["safety_stability"]
    assert ground.basis(on=OLD) == "oigr-2008/8"
    assert ground.basis(on=NEW) == "oigr-2019/14"
    with pytest.raises(vocabulary.NotInForce):
        vocabulary.grounds()["enforcement_file"].basis(on=OLD)
    assert not vocabulary.grounds()["enforcement_file"].is_in_force(OLD)
    assert vocabulary.grounds()["enforcement_file"].is_in_force(NEW)
    assert vocabulary.genres()["notice"].is_in_force(OLD)


def test_whether_a_ground_binds_or_leaves_a_choice_is_said() -> None:
    discretion = {key: ground.discretion for key, ground in vocabulary.grounds().items()}
    assert {key for key, value in discretion.items() if value == "must_not"} == {
        "state_secret",
        "law_prohibited",
        "safety_stability",
        "third_party_trade_secret",
        "third_party_privacy",
    }
    assert {key for key, value in discretion.items() if value == "redirect"} == {"special_inquiry"}
    assert set(discretion.values()) == {"must_not", "may", "redirect"}


def test_documents_that_have_ended_are_marked_in_their_title() -> None:
    ended = {key: term.title_mark for key, term in vocabulary.validities().items() if term.ended}
    assert ended == {"expired": "【已失效】", "repealed": "【已废止】"}
    assert all(not term.title_mark for term in vocabulary.validities().values() if not term.ended)


def test_genres_and_groups_are_those_of_the_standard_list() -> None:
    assert len(vocabulary.genres()) == 13
    groups = vocabulary.labels(vocabulary.groups())
    assert (len(groups), groups["institution"], groups["other"]) == (10, "机构职能", "其他")
