"""Entering a decision that was signed on paper, and seeing everywhere that it was."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.models import Decision, Record
from gongkai.records.services import paper
from tests import cast as casting
from tests.cast import Cast, Person
from tests.desk import screens
from tests.factories import records, signed_papers
from tests.integration.files import material

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def _form(record: Record, **values: object) -> dict[str, object]:
    defaults: dict[str, object] = {
        "digest": record.digest,
        "outcome": "approve",
        "signer": "other",
        "signer_name": "孙",
        "signed_on": timezone.localdate().isoformat(),
        "opinion": "同意。",
        "scan": SimpleUploadedFile("签批单.png", material.png()),
    }
    return defaults | values


def _decision(cast: Cast) -> Decision:
    with scoping.narrow_to([cast.agency.pk]):
        return Decision.objects.get(recorder_id__isnull=False)


class TestEntering:
    def test_asks_for_signer_day_and_scan(self, client: Client, cast: Cast) -> None:
        record = records.reviewed(cast)
        text = screens.text(_as(client, cast.chen).get(f"{URL}{record.pk}/paper/"))
        for words in ("单位负责人签发", "赵", "其他人", "签批日期", "扫描件", "同意签发", "退回修改"):
            assert words in text
        answer = client.post(f"{URL}{record.pk}/paper/", {"digest": record.digest})
        assert {"请选择签批结论。", "请选择签批人。", "请填写签批日期。", "请选择签批件扫描件。"} <= set(
            screens.errors(answer)
        )

    def test_signs_the_record_and_shows_how(self, client: Client, cast: Cast) -> None:
        record = records.reviewed(cast)
        chen = _as(client, cast.chen)
        answer = chen.post(f"{URL}{record.pk}/paper/", _form(record, signer=str(cast.zhao.user.pk)), follow=True)
        text = screens.text(answer)
        assert "已签发" in text
        assert "赵（单位负责人）" in text
        assert re.search("纸质签批，.*签，陈录入", text)
        assert "录入纸质签批，单位负责人签发：通过" in text
        assert "赵（纸质签批）" in text
        assert "纸质签批" in screens.rows(chen.get(URL))[0]

    def test_concludes_the_secrecy_review(self, client: Client, cast: Cast) -> None:
        record = records.signed(cast)
        chen = _as(client, cast.chen)
        text = screens.text(chen.get(f"{URL}{record.pk}/paper/clearance/"))
        assert "可以公开" in text
        assert "需报审" in text
        form = _form(record, outcome="publish")
        answer = chen.post(f"{URL}{record.pk}/paper/clearance/", form, follow=True)
        assert "录入纸质签批，保密审查：可以公开" in screens.text(answer)
        assert _decision(cast).stage == "secrecy_clearance"

    def test_says_what_does_not_fit_and_keeps_what_was_typed(self, client: Client, cast: Cast) -> None:
        record = records.reviewed(cast)
        chen = _as(client, cast.chen)
        tomorrow = timezone.localdate() + timedelta(days=1)
        answer = chen.post(f"{URL}{record.pk}/paper/", _form(record, signed_on=tomorrow.isoformat()))
        assert answer.status_code == 422
        assert "签批日期不能晚于今天。" in screens.errors(answer)
        assert 'value="孙"' in answer.content.decode()

    def test_is_offered_to_third_persons_while_something_is_to_be_decided(self, client: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        assert "录入纸质签批" not in screens.text(_as(client, cast.li).get(f"{URL}{record.pk}/"))
        text = screens.text(_as(client, cast.chen).get(f"{URL}{record.pk}/"))
        assert "录入纸质签批" in text
        assert "录入纸质保密审查" in text
        done = records.published(cast)
        assert "录入纸质" not in screens.text(client.get(f"{URL}{done.pk}/"))
        assert client.get(f"{URL}{done.pk}/paper/")["Location"] == f"{URL}{done.pk}/"


def test_the_workbook_of_the_list_says_it_too(client: Client, cast: Cast) -> None:
    records.signed_on_paper(cast)
    records.signed(cast)
    answer = _as(client, cast.chen).get(f"{URL}export/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)  # type: ignore[attr-defined]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[-1] or "" for row in rows] in (["签批方式", "", "纸质签批"], ["签批方式", "纸质签批", ""])


class TestTheScan:
    def _entered(self, cast: Cast) -> Record:
        record = records.reviewed(cast)
        actor = cast.chen.acting(Duty.RECORD_PAPER_DECISIONS)
        return paper.record_decision(
            record_id=record.pk, sheet=signed_papers.sheet(record), actor=actor, at=casting.later()
        )

    def test_opens_for_the_agency_and_nobody_else(self, client: Client, cast: Cast) -> None:
        record = self._entered(cast)
        address = f"{URL}{record.pk}/decisions/{_decision(cast).pk}/scan/"
        page = _as(client, cast.wang).get(f"{URL}{record.pk}/")
        assert address in page.content.decode()
        answer = client.get(address)
        assert answer["Content-Type"] == "image/png"
        assert "sandbox" in answer["Content-Security-Policy"]
        stranger = _as(client, cast.zhou)
        assert stranger.get(address).status_code == 404
        assert stranger.get(address.replace("jia-ju", "yi-ju")).status_code == 404

    def test_of_a_decision_taken_here_there_is_none(self, client: Client, cast: Cast) -> None:
        record = records.signed(cast)
        with scoping.narrow_to([cast.agency.pk]):
            other = Decision.objects.filter(record=record).first()
        assert other is not None
        address = f"{URL}{record.pk}/decisions/{other.pk}/scan/"
        assert _as(client, cast.wang).get(address).status_code == 404
