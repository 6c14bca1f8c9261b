"""The public catalogue is replaced as a whole."""

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.published.models import CatalogueNode
from gongkai.published.services import catalogue
from gongkai.published.services.catalogue import Node
from tests.integration.published import building

pytestmark = pytest.mark.django_db


def _replace(agency_id: int, *nodes: Node) -> None:
    catalogue.replace_catalogue(agency_id=agency_id, nodes=nodes, actor=SYSTEM, at=building.AT)


def test_a_new_catalogue_takes_the_place_of_the_old_one_of_that_agency_only() -> None:
    one, other = building.agency(), building.agency("gaj")
    _replace(one.pk, Node(code="plans", title="规划计划"))
    _replace(other.pk, Node(code="plans", title="规划计划"))
    _replace(one.pk, Node(code="budget", title="财政预决算"), Node(code="2026", title="2026年", parent_code="budget"))
    assert set(CatalogueNode.objects.filter(agency=one).values_list("code", flat=True)) == {"budget", "2026"}
    assert CatalogueNode.objects.get(agency=other).code == "plans"


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        ([Node(code="a", title="甲"), Node(code="a", title="乙")], "重复"),
        ([Node(code="a", title="甲", parent_code="b")], "上级栏目"),
    ],
)
def test_a_broken_tree_is_refused_and_changes_nothing(nodes: list[Node], reason: str) -> None:
    agency = building.agency()
    _replace(agency.pk, Node(code="plans", title="规划计划"))
    with pytest.raises(catalogue.CannotReplaceCatalogue, match=reason):
        _replace(agency.pk, *nodes)
    assert CatalogueNode.objects.get().code == "plans"
