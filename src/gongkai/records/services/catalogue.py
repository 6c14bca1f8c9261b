"""What an agency makes of the common catalogue, and its public copy."""

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.crypto import get_random_string

from gongkai.accounts.viewer import SYSTEM, Actor
from gongkai.agencies.events import AgencyCreated
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks
from gongkai.published.models import CatalogueNode
from gongkai.published.services import catalogue as public_catalogue
from gongkai.records.domain import statutory_tree
from gongkai.records.domain.catalogue import AgencyNode, tree_for
from gongkai.records.models import AgencyColumn, Record
from gongkai.records.selectors import key_areas
from gongkai.records.services import acting, looking_over

_OWN = "own."
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_BLANKS = re.compile(r"\s+")


class CannotChangeCatalogue(acting.Refused):
    """The column does not exist, may not be hidden (it holds public records), or a reason or title is missing."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wish:
    """How an agency wants one column. An empty title keeps the common one."""

    title: str = ""
    is_hidden: bool = False
    reason: str = ""
    empty_note: str = ""
    keeper: str = ""
    update_period_days: int | None = None


def nodes_of(agency: Agency) -> tuple[AgencyNode, ...]:
    """The agency's tree, hidden columns included; one query. Needs a scope that covers the agency."""
    return tree_for(agency.kind, AgencyColumn.objects.filter(agency_id=agency.pk).order_by("position", "id"))


def arrange(*, code: str, wish: Wish, actor: Actor, at: datetime) -> None:
    """Renames, hides or shows one column of the actor's agency and renews the public catalogue.

    Raises:
        CannotChangeCatalogue: see the class.
    """
    with acting.at_own_agency(actor) as agency_id:
        agency = _locked(agency_id)
        _arrange(agency, nodes_of(agency), {code: wish}, actor=actor, at=at)


def adjust(*, codes: Collection[str], changes: Mapping[str, object], actor: Actor, at: datetime) -> None:
    """Makes the same changes, by field of `Wish`, to several columns and leaves the rest of each as it is.

    Raises:
        CannotChangeCatalogue: one of them cannot be changed so; then none is.
    """
    with acting.at_own_agency(actor) as agency_id:
        agency = _locked(agency_id)
        nodes = nodes_of(agency)
        wishes = {code: _changed(_find(nodes, code), changes) for code in codes}
        _arrange(agency, nodes, wishes, actor=actor, at=at)


def add_column(*, parent_code: str, title: str, actor: Actor, at: datetime) -> str:
    """Adds an own column below one of the tree and returns its code.

    Raises:
        CannotChangeCatalogue: the parent is unknown or takes no columns, or the title is missing or marked.
    """
    with acting.at_own_agency(actor) as agency_id:
        agency = _locked(agency_id)
        nodes = nodes_of(agency)
        parent = _find(nodes, parent_code)
        wish = _tidied(Wish(title=title))
        if not wish.title:
            raise CannotChangeCatalogue("请填写栏目名称。")
        if parent.depth >= 3 or parent.code == "request_entry":
            raise CannotChangeCatalogue("这个栏目下不能再设下级栏目。")
        if any(node.parent_code == parent_code and node.title == wish.title for node in nodes):
            raise CannotChangeCatalogue("同一栏目下已有同名栏目。")
        _check_words(wish)
        code = f"{_OWN}{get_random_string(8, _CODE_LETTERS)}"
        AgencyColumn.objects.create(
            agency_id=agency_id, code=code, parent_code=parent_code, title=wish.title, position=len(nodes)
        )
        _note(agency, "column_added", {"code": code, "title": wish.title}, actor=actor, at=at)
        show(agency=agency, actor=actor, at=at)
        return code


def _arrange(
    agency: Agency, nodes: Sequence[AgencyNode], wishes: Mapping[str, Wish], *, actor: Actor, at: datetime
) -> None:
    for code, wish in wishes.items():
        node, tidied = _find(nodes, code), _tidied(wish)
        _check(nodes, node, tidied)
        AgencyColumn.objects.update_or_create(
            agency_id=agency.pk,
            code=code,
            defaults=dataclasses.asdict(tidied) | {"parent_code": node.own_parent},
        )
        _note(agency, "arranged", {"code": code} | dataclasses.asdict(tidied), actor=actor, at=at)
    show(agency=agency, actor=actor, at=at)
    looking_over.look_again(agency, at=at)


def _changed(node: AgencyNode, changes: Mapping[str, object]) -> Wish:
    own_title = node.title if node.title != node.common_title else ""
    names = [field.name for field in dataclasses.fields(Wish)]
    return Wish(**{name: getattr(node, name) for name in names} | {"title": own_title} | dict(changes))


def show(*, agency: Agency, actor: Actor, at: datetime) -> None:
    """Puts the visible tree before the public. Runs in the caller's transaction and scope."""
    public_catalogue.replace_catalogue(
        agency_id=agency.pk, nodes=_public_nodes(nodes_of(agency), key_areas.of_columns(agency.pk)), actor=actor, at=at
    )


def show_new_agency(event: AgencyCreated) -> None:
    """A body that was entered gets its public catalogue at once."""
    with scoping.narrow_to([event.agency_id]):
        show(agency=Agency.objects.get(pk=event.agency_id), actor=SYSTEM, at=event.at)


def ensure_shown(agency_id: int, *, actor: Actor, at: datetime) -> None:
    """Shows the catalogue of an agency that has none yet, however it came into the database. Needs its scope."""
    shown = CatalogueNode.objects.filter(agency_id=agency_id)
    if shown.exists():
        return
    agency = _locked(agency_id)
    # Whoever was first while we waited has shown it.
    if not shown.exists():
        show(agency=agency, actor=actor, at=at)


def require_open_column(agency_id: int, code: str, *, refusal: type[acting.Refused]) -> None:
    """Raises ``refusal`` unless the agency shows this column and it takes records. One query in the usual case."""
    common = statutory_tree.BY_CODE.get(code)
    if (common is None or common.takes_records) and is_shown(agency_id, code):
        return
    node = next((node for node in nodes_of(Agency.objects.get(pk=agency_id)) if node.code == code), None)
    if node is None or not node.takes_records:
        raise refusal("没有这个公开栏目，请重新选择。")
    if not node.is_visible:
        raise refusal(f"栏目“{node.title}”已经隐藏，请选择其他栏目。")


def is_shown(agency_id: int, code: str) -> bool:
    """Whether the public sees this column."""
    return CatalogueNode.objects.filter(agency_id=agency_id, code=code).exists()


def _locked(agency_id: int) -> Agency:
    """The agency, locked against other changes of its catalogue but not against rows that refer to it."""
    return Agency.objects.select_for_update(no_key=True).get(pk=agency_id)


def _public_nodes(nodes: Iterable[AgencyNode], areas: Mapping[str, str]) -> list[public_catalogue.Node]:
    return [
        public_catalogue.Node(
            code=node.code,
            title=node.title,
            parent_code=node.parent_code,
            description=node.description,
            position=place,
            empty_note=node.empty_note,
            key_area=areas.get(node.code, ""),
        )
        for place, node in enumerate(nodes)
        if node.is_visible
    ]


def _find(nodes: Sequence[AgencyNode], code: str) -> AgencyNode:
    for node in nodes:
        if node.code == code:
            return node
    raise CannotChangeCatalogue("没有这个栏目。")


def _tidied(wish: Wish) -> Wish:
    return dataclasses.replace(
        wish,
        title=_closed_up(wish.title),
        reason=_closed_up(wish.reason),
        empty_note=_closed_up(wish.empty_note),
        keeper=_closed_up(wish.keeper),
    )


def _closed_up(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _check(nodes: Sequence[AgencyNode], node: AgencyNode, wish: Wish) -> None:
    _check_words(wish)
    if node.own_parent and not wish.title:
        raise CannotChangeCatalogue("自设栏目要有名称。")
    if not wish.is_hidden:
        return
    if not node.parent_code:
        raise CannotChangeCatalogue("指南、制度、法定主动公开内容、年报和依申请公开是固定栏目，不能隐藏。")
    if not wish.reason:
        raise CannotChangeCatalogue("隐藏栏目要写明理由，例如“本机关无此项职权”。")
    pairs = [(other.code, other.parent_code) for other in nodes]
    below = statutory_tree.descendants(node.code, pairs)
    if Record.objects.filter(column_code__in=below, entry_id__isnull=False).exclude(state="withdrawn").exists():
        raise CannotChangeCatalogue(f"“{node.title}”下有已经公开的信息，不能隐藏；请先调整这些信息的栏目。")


def _check_words(wish: Wish) -> None:
    if len(wish.title) > 120 or len(wish.keeper) > 120 or max(len(wish.reason), len(wish.empty_note)) > 200:
        raise CannotChangeCatalogue("名称和维护科室最多120个字，理由和说明最多200个字。")
    if secrecy_marks.is_marked("\n".join((wish.title, wish.reason, wish.empty_note, wish.keeper))):
        raise CannotChangeCatalogue("内容带有国家秘密标志。本系统为非涉密系统，不得存储、处理涉密信息。")


def _note(agency: Agency, act: str, detail: dict[str, object], *, actor: Actor, at: datetime) -> None:
    entry = trail.Entry(action=f"catalogue.{act}", subject_type="agency", subject_id=agency.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
