"""Emergency removal on a real site: how long each place still shows what was taken down, caches counted in."""

import re
import time
import urllib.error
import urllib.request
from urllib.parse import quote

from tests.integration.operations.sites import Site, free_port

# From the act to the last shared cache; the cache may add as long as the answer allows it.
LIMIT_SECONDS = 60
_WORD = "琥珀色玻璃花窗"
_ASKED = "琥珀色"

_PUBLISH = f"""
import io
from django.core.files.uploadedfile import SimpleUploadedFile
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.services import attachments, drafting, publishing, review
from tests import cast as casting
from tests.factories import records
cast = casting.assemble()
record = records.draft(cast, title="关于{_WORD}的通知", body_html="<p>{_WORD}</p>")
writer = cast.li.acting(Duty.DRAFT_RECORDS)
file = attachments.Upload(stream=SimpleUploadedFile("附件.txt", "{_WORD}".encode()), file_name="附件.txt")
attachments.attach(record_id=record.pk, upload=file, actor=writer, at=casting.AT)
record = review.submit(record_id=record.pk, actor=writer, at=casting.AT)
head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.AT)
record = records.clear(cast, records.sign(cast, record))
record = publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.AT)
print(record.pk, record.entry_id)
"""

_REMOVE = """
from django.utils import timezone
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.models import User
from gongkai.accounts import viewer
from gongkai.agencies.models import Agency
from gongkai.records.services import removing
now = timezone.now()
zhao = viewer.viewer_of(User.objects.get(name="赵"), on=now.date())
actor = viewer.actor_for(zhao, agency_id=Agency.objects.get(code="jia-ju").pk, duty=Duty.WITHDRAW_RECORDS)
removing.remove(record_id={record}, actor=actor, at=now)
"""


def test_every_place_forgets_it_within_a_minute(site: Site) -> None:
    record, entry = site.python(_PUBLISH).split()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    at_site = site.having(GONGKAI_PUBLIC_BASE_URL=base, GONGKAI_LOG_LEVEL="ERROR")
    places = {
        "page": f"/entries/{entry}/",
        "page for the elderly": f"/elder/entries/{entry}/",
        "file": f"/entries/{entry}/files/1/",
        "list": "/latest/",
        "column": "/agencies/jia-ju/columns/art20_01_normative.normative/",
        "search": f"/search/?q={quote(_ASKED)}",
        "feed": "/feed.xml",
        "feed of the agency": "/agencies/jia-ju/feed.xml",
        "sitemap": "/sitemap-1.xml",
        "API": f"/api/public/v1/entries/{entry}",
        "API search": f"/api/public/v1/entries?q={quote(_ASKED)}",
        "changes": "/api/public/v1/entries?updated_since=2020-01-01T00:00:00Z",
    }
    with at_site.running("serve", "--port", str(port)), at_site.running("worker"):
        kept = {}
        for name, place in places.items():
            answer = _until_shown(base + place, entry)
            kept[name] = _kept_for(answer[1])
        at_site.python(_REMOVE.format(record=record))
        began, gone = time.monotonic(), {}
        while len(gone) < len(places):
            for name in places.keys() - gone.keys():
                if not _shows(_get(base + places[name]), entry):
                    gone[name] = time.monotonic() - began
            assert time.monotonic() - began < LIMIT_SECONDS, places.keys() - gone.keys()
            time.sleep(0.1)
        status, _, text = _get(base + places["page"])
        assert (status, "已紧急撤下，原因待补" in text) == (410, True)
        assert _get(base + places["file"])[0] in {404, 410}
        assert '"status": "withdrawn"' in _get(base + places["changes"])[2].replace('":"', '": "')
    late = {name: gone[name] + kept[name] for name in places if gone[name] + kept[name] > LIMIT_SECONDS}
    assert not late, f"seconds until gone, caches counted in: {late}"


def _get(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers.get("Cache-Control") or "", answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Cache-Control") or "", error.read().decode(errors="replace")
    except (urllib.error.URLError, ConnectionError):
        return 0, "", ""


def _shows(answer: tuple[int, str, str], entry: str) -> bool:
    """Whether a reader of the answer would still see the content or be led to it."""
    status, _, text = answer
    return status == 200 and (_WORD in text or (f"/entries/{entry}/" in text and '"withdrawn"' not in text))


def _until_shown(url: str, entry: str) -> tuple[int, str, str]:
    deadline = time.monotonic() + 60
    while not _shows(answer := _get(url), entry):
        assert time.monotonic() < deadline, (url, answer)
        time.sleep(0.2)
    return answer


def _kept_for(cache_control: str) -> int:
    """Seconds for which a shared cache may answer without asking."""
    if "no-store" in cache_control:
        return 0
    found = re.search(r"s-maxage=(\d+)", cache_control)
    assert found, f"a cache would choose for itself: {cache_control!r}"
    return int(found[1])
