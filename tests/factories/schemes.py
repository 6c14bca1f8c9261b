"""A superior that reviews: the county above 甲局, its office staffed, and a scheme that sends records there."""

from typing import NamedTuple

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.records.domain.stages import SIGN_OFF, Scheme, Stage
from gongkai.records.models import Record
from gongkai.records.services import review, schemes
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records

COUNTY = "xian-zhengfu"
HEAD = Stage("section_head", "section_head", "科室负责人审核", is_skippable=True)
ABOVE = Stage("superior", "disclosure_officer", "县政府公开工作机构审核", held_at=COUNTY)
SIGN = Stage(SIGN_OFF, "leader", "单位负责人签发")


class Above(NamedTuple):
    """The county, 何 of its disclosure office, and 乔 who only drafts there."""

    county: Agency
    he: Person
    qiao: Person


def stand_above(*agencies: Agency) -> Above:
    """Puts the county above these agencies, with its people."""
    county = casting.agency(COUNTY, "某县人民政府", kind=AgencyKind.GOVERNMENT)
    for agency in agencies:
        agency.parent, agency.path = county, f"{county.path}{agency.pk}/"
        agency.save()
    he = Person(casting.person("何", post={Post.DISCLOSURE_OFFICER, Post.SUPERVISOR}, agency=county), county)
    qiao = Person(casting.person("乔", post=Post.DRAFTER, agency=county), county)
    return Above(county, he, qiao)


def choose(cast: Cast, *stages: Stage, persons: int = 3) -> None:
    """The scheme of 甲局 from now on."""
    actor = cast.chen.acting(Duty.CHOOSE_REVIEW_SCHEME)
    schemes.choose(scheme=Scheme(stages, persons), actor=actor, at=AT)


def waiting_above(cast: Cast, **values: object) -> Record:
    """A record past the section head, waiting at the county."""
    record = records.submitted(cast, **values)
    actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    return review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=AT)
