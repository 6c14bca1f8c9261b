"""The screen of the review scheme: rows that can be added, moved and dropped, the meaning in words, the versions."""

import pytest
from django.http import HttpResponse
from django.test import Client

from gongkai.groundwork import scoping
from gongkai.records.models import ReviewScheme
from gongkai.records.services import schemes
from tests import cast as casting
from tests.cast import AT, Cast
from tests.desk import screens
from tests.factories import schemes as variants

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/scheme/"
HEAD = {"label": "科室负责人审核", "post": "section_head", "code": "section_head", "is_skippable": "on"}
OFFICE = {"label": "公开工作机构审核", "post": "disclosure_officer"}


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    casting.sign_in(client, cast.chen)
    return client


def _data(*rows: dict[str, str], op: str = "save", persons: int = 3) -> dict[str, str]:
    sent = {f"stage-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return sent | {"op": op, "distinct_persons": str(persons)}


def _labels(page: HttpResponse) -> list[str]:
    return [field.get("value", "") for field in screens.tree(page).xpath('//input[contains(@name, "-label")]')]


def _in_force(cast: Cast) -> ReviewScheme:
    with scoping.narrow_to([cast.agency.pk]):
        return schemes.in_force(cast.agency.pk, at=AT)


def test_shows_the_one_in_force_in_rows_and_words(officer: Client) -> None:
    page = officer.get(URL)
    assert _labels(page) == ["科室负责人审核"]
    text = screens.text(page)
    assert "科室负责人审核：由本单位的承办科室负责人办理。" in text
    assert "紧急发布时只经单位负责人签发和保密审查，科室负责人审核在发布后补办。" in text
    assert "至少3个人经手" in text


def test_a_chosen_scheme_is_kept_and_listed(officer: Client, cast: Cast) -> None:
    answer = officer.post(URL, _data(HEAD, OFFICE, persons=4), follow=True)
    assert "审核流程已更新" in screens.text(answer)
    chain = "起草 → 科室负责人审核（紧急时后补） → 公开工作机构审核 → 单位负责人签发"
    assert any(chain in row and "现行" in row for row in screens.rows(answer))
    rows = schemes.read(_in_force(cast)).stages
    assert [(stage.code, stage.is_skippable) for stage in rows] == [
        ("section_head", True),
        ("stage_1", False),
        ("sign_off", False),
    ]


@pytest.mark.parametrize(
    ("op", "labels"),
    [
        ("add", ["科室负责人审核", "公开工作机构审核", ""]),
        ("up-1", ["公开工作机构审核", "科室负责人审核"]),
        ("down-0", ["公开工作机构审核", "科室负责人审核"]),
        ("remove-0", ["公开工作机构审核"]),
        ("up-0", ["科室负责人审核", "公开工作机构审核"]),
        ("remove-9", ["科室负责人审核", "公开工作机构审核"]),
        ("preview", ["科室负责人审核", "公开工作机构审核"]),
    ],
)
def test_rows_are_arranged_without_saving(officer: Client, cast: Cast, op: str, labels: list[str]) -> None:
    page = officer.post(URL, _data(HEAD, OFFICE, op=op))
    assert _labels(page) == labels
    assert screens.errors(page) == []
    assert _in_force(cast).version == 1


def test_the_preview_says_what_would_happen_or_why_it_cannot_work(officer: Client) -> None:
    page = officer.post(URL, _data(HEAD, OFFICE, op="preview"))
    assert "公开工作机构审核：由本单位的政府信息公开工作机构人员办理。" in screens.text(page)
    page = officer.post(URL, _data(HEAD, op="preview", persons=6))
    assert "不同人员数应在2到3之间" in screens.notices(page)[0]


def test_an_unsound_scheme_is_refused_with_a_sentence(officer: Client, cast: Cast) -> None:
    assert "不同人员数应在2到2之间" in screens.text(officer.post(URL, _data(persons=4)))
    assert "请填写环节名称。" in screens.errors(officer.post(URL, _data(HEAD | {"label": ""})))
    assert "没有变化" in screens.text(officer.post(URL, _data(HEAD)))
    assert _in_force(cast).version == 1


def test_a_stage_goes_to_a_superior_that_stands_above(officer: Client, cast: Cast) -> None:
    above = {"label": "县里审核", "post": "disclosure_officer", "held_at": variants.COUNTY}
    assert "选择一个有效的选项" in " ".join(screens.errors(officer.post(URL, _data(HEAD, above))))
    variants.stand_above(cast.agency)
    assert "上级：某县人民政府" in screens.text(officer.get(URL))
    answer = officer.post(URL, _data(HEAD, above, persons=4), follow=True)
    assert "县里审核：由某县人民政府的政府信息公开工作机构人员办理，对方只看得到送到这一环节的信息。" in screens.text(
        answer
    )
    assert "县里审核（某县人民政府）" in screens.rows(answer)[0]
    skipped = officer.post(URL, _data(HEAD, above | {"is_skippable": "on"}))
    assert "由上级办理，紧急发布也不能略过" in screens.text(skipped)
    wrong_post = officer.post(URL, _data(HEAD, above | {"post": "section_head"}))
    assert "岗位只能是" in screens.text(wrong_post)


def test_foreign_codes_and_too_many_rows_do_no_harm(officer: Client, cast: Cast) -> None:
    many = [{"label": f"第{number}审", "post": "leader", "code": "sign_off"} for number in range(9)]
    page = officer.post(URL, _data(*many, op="add", persons=2))
    assert len(_labels(page)) == 5
    officer.post(URL, _data(*many[:2], persons=2))
    assert [stage["code"] for stage in _in_force(cast).stages] == ["stage_1", "stage_2", "sign_off"]
