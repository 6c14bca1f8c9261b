"""A purge on a real site, with server and worker: no byte in the data folder knows the sentence any more."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.integration.operations.sites import ON_POSTGRESQL, Site, free_port

# One word that the index keeps as it is, and a sentence that the database and files keep.
_WORD = "qzxvwkjh7719"
_SENTENCE = f"住在柏油巷十九号的居民{_WORD}"
_CODES = ("utf-8", "utf-16-le", "unicode_escape")
_SPELT = tuple(word.encode(code) for word in (_WORD, "柏油巷十九号") for code in _CODES)

_PUBLISH = f"""
from django.core.files.uploadedfile import SimpleUploadedFile
from gongkai.accounts.domain.duties import Duty
from gongkai.records.services import attachments, review
from tests import cast as casting
from tests.factories import records
cast = casting.assemble()
record = records.draft(cast, title="{_SENTENCE}", body_html="<p>{_SENTENCE}</p>", body_text="{_SENTENCE}")
writer = cast.li.acting(Duty.DRAFT_RECORDS)
file = attachments.Upload(stream=SimpleUploadedFile("{_WORD}.txt", "{_SENTENCE}".encode()), file_name="{_WORD}.txt")
attachments.attach(record_id=record.pk, upload=file, actor=writer, at=casting.AT)
record = review.submit(record_id=record.pk, actor=writer, at=casting.AT)
head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.AT)
record = records.publish(cast, records.clear(cast, records.sign(cast, record)))
records.published(cast, title="留下的一条")
print(record.pk)
"""

_PURGE = """
from django.utils import timezone
from gongkai.accounts import viewer
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.records.domain.purging import Scope
from gongkai.records.services import purging
now = timezone.now()
agency = Agency.objects.get(code="jia-ju").pk
def acting(name, duty):
    return viewer.actor_for(viewer.viewer_of(User.objects.get(name=name), on=now.date()), agency_id=agency, duty=duty)
asker, decider = acting("陈", Duty.ASK_FOR_PURGE), acting("赵", Duty.CONFIRM_PURGE)
purging.ask(record_id={record}, scope=Scope.EVERYTHING, ground="含个人信息", actor=asker, at=now)
purging.confirm(record_id={record}, actor=decider, at=now)
"""

# The index keeps no text, but the terms of it, and those of a deleted entry until its segment is written anew.
_TERMS = f"""
from gongkai.published import indexing
searcher = indexing.reader()._current().searcher
print(sum(searcher.doc_freq(field, "{_WORD}") for field in ("title_words", "everywhere_words")))
"""

_STATE = """
from gongkai.groundwork import scoping
from gongkai.records.models import Purge
with scoping.everywhere(because="a test"):
    purge = Purge.objects.get()
print(bool(purge.files_erased_at), bool(purge.database_swept_at))
"""


def test_no_byte_of_it_is_left_and_an_old_backup_does_not_bring_it_back(
    site: Site, target: Site, tmp_path: Path
) -> None:
    record = site.python(_PUBLISH)
    with site.running("serve", "--port", str(free_port())), site.running("worker"):
        _until(lambda: site.run("index", "status").returncode == 0 and site.python(_TERMS) != "0")
        assert "files" in _places(site)
        generation = site.json("index", "status")["generation"]
        site.ok("backup", tmp_path / "before.tar", "--keys", tmp_path / "keys.tar")
        site.python(_PURGE.format(record=record))
        _until(lambda: site.python(_STATE) == f"True {not ON_POSTGRESQL}")
        if ON_POSTGRESQL:
            assert site.json("purge", "finish")["database_swept"] == 1
        _until(lambda: site.json("index", "status")["generation"] != generation)
        assert site.python(_TERMS) == "0"
        _until(lambda: generation not in {path.name for path in (site.home / "index").iterdir()})
    assert _places(site) == set()

    wanted = ["restore", tmp_path / "before.tar", "--into", target.home, "--keys", tmp_path / "keys.tar"]
    wanted += ["--purges", site.home / "purges.jsonl", "--json"]
    wanted += ["--database-url", target.database_url] if target.database_url else []
    said = target.ok(*wanted)
    assert '"purged_again": 2' in said
    if ON_POSTGRESQL:
        target.ok("purge", "finish")
    assert _places(target) == set()
    assert target.json("audit", "verify")["intact"] is True


def _places(site: Site) -> set[str]:
    """Which parts of the data folder, the database included, hold the word in any spelling."""
    found = {
        path.relative_to(site.home).parts[0].partition(".")[0]
        for path in site.home.rglob("*")
        if path.is_file() and _holds(path)
    }
    if ON_POSTGRESQL and any(_holds(path) for path in _folder_of(site.database_url).iterdir()):
        found.add("postgresql")
    return found


def _holds(path: Path) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False  # the index replaces its files meanwhile
    return any(spelt in content for spelt in _SPELT)


def _folder_of(url: str) -> Path:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    assert found is not None
    return Path(found[0])


def _until(holds: Callable[[], bool], *, within: float = 60.0) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.3)
