"""Keeping the lists of words, and that checks use them at once."""

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.law.findings import Severity
from gongkai.records.domain.word_lists import Line
from gongkai.records.models import AgencyWord, PlatformWord
from gongkai.records.services import acting, checking, words
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _found(cast: Cast, text: str) -> list[tuple[str, str]]:
    record = records.draft(cast, document_number="", body_html=f"<p>{text}</p>")
    with scoping.narrow_to([cast.agency.pk]):
        spots = checking.of_working_copy(record, on=AT.date()).spots
    return [(spot.finding.code, spot.finding.severity.value) for spot in spots]


def test_a_word_counts_at_the_own_agency_from_the_next_check_on(cast: Cast) -> None:
    chen, zhou = cast.chen.acting(Duty.KEEP_CATALOGUE), cast.zhou.acting(Duty.KEEP_CATALOGUE)
    words.add(lines=[Line("供热处", "能源科", Severity.ERROR)], actor=chen, at=AT)
    words.add(lines=[Line("老城区")], actor=zhou, at=AT)
    assert _found(cast, "供热处负责老城区") == [("words.own", "error")]
    with scoping.narrow_to([cast.agency.pk]):
        words.remove(word_id=AgencyWord.objects.get().pk, actor=chen, at=AT)
    assert _found(cast, "供热处") == []
    assert AuditEvent.objects.filter(action__startswith="words.").count() == 3


def test_a_word_that_is_there_is_changed(cast: Cast) -> None:
    chen = cast.chen.acting(Duty.KEEP_CATALOGUE)
    for right in ("甲科", "乙科"):
        words.add(lines=[Line("供热处", right)], actor=chen, at=AT)
    with scoping.narrow_to([cast.agency.pk]):
        assert AgencyWord.objects.get().right == "乙科"


def test_the_list_of_the_platform_counts_everywhere_and_the_nearer_list_wins(cast: Cast) -> None:
    supervisor = cast.chen.as_post(Post.SUPERVISOR)
    words.add_for_all(lines=[Line("供热处", "能源科", Severity.ERROR)], actor=supervisor, at=AT)
    assert _found(cast, "供热处") == [("words.own", "error")]
    words.add(lines=[Line("供热处", "", Severity.INFO)], actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)
    assert _found(cast, "供热处") == [("words.own", "info")]
    words.remove_for_all(word_id=PlatformWord.objects.get().pk, actor=supervisor, at=AT)
    assert not PlatformWord.objects.exists()


def test_what_may_not_be_kept_or_is_not_there(cast: Cast) -> None:
    chen = cast.chen.acting(Duty.KEEP_CATALOGUE)
    with pytest.raises(words.CannotKeepWords, match="秘密"):
        words.add(lines=[Line("机密★10年")], actor=chen, at=AT)
    with pytest.raises(words.CannotKeepWords, match="最多"):
        words.add(lines=[Line(f"错词{number}") for number in range(20_001)], actor=chen, at=AT)
    words.add(lines=[Line("老城区")], actor=cast.zhou.acting(Duty.KEEP_CATALOGUE), at=AT)
    with scoping.narrow_to([cast.other_agency.pk]):
        foreign = AgencyWord.objects.get().pk
    with pytest.raises(acting.NoSuchRecord):
        words.remove(word_id=foreign, actor=chen, at=AT)
