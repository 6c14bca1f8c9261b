"""The public copy of an agency's catalogue, replaced as a whole when the desk changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.published.models import CatalogueNode


class CannotReplaceCatalogue(Exception):
    """Two nodes share a code, or a node hangs below one that is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One visible column. Codes of the first level are those of `published.domain.blocks` or of the statutory tree."""

    code: str
    title: str
    parent_code: str = ""
    description: str = ""
    position: int = 0
    empty_note: str = ""
    """Why the column is rightly empty."""
    key_area: str = ""


@transaction.atomic
def replace_catalogue(*, agency_id: int, nodes: Sequence[Node], actor: Actor, at: datetime) -> None:
    """Puts these columns in place of all columns of the agency.

    Raises:
        CannotReplaceCatalogue: see the class.
    """
    _check(nodes)
    CatalogueNode.objects.filter(agency_id=agency_id).delete()
    CatalogueNode.objects.bulk_create(
        CatalogueNode(
            agency_id=agency_id,
            code=node.code,
            parent_code=node.parent_code,
            title=node.title,
            description=node.description,
            position=node.position,
            empty_note=node.empty_note,
            key_area=node.key_area,
        )
        for node in nodes
    )
    trail.write(
        trail.Entry(
            action="catalogue.replaced",
            subject_type="agency",
            subject_id=agency_id,
            detail={"nodes": len(nodes)},
        ),
        actor=actor,
        at=at,
    )


def _check(nodes: Sequence[Node]) -> None:
    codes = {node.code for node in nodes}
    if len(codes) != len(nodes):
        raise CannotReplaceCatalogue("目录中有重复的栏目代码")
    if orphans := {node.parent_code for node in nodes} - codes - {""}:
        raise CannotReplaceCatalogue(f"上级栏目不存在：{'、'.join(sorted(orphans))}")
