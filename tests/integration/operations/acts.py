"""What happens on the sites of these tests, as code that runs in their own processes."""

WRITE = """
from django.db import connection, transaction
from django.utils import timezone
from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.audit import trail
from gongkai.groundwork.feed import reading as feed

def write():
    with transaction.atomic():
        for number in range(5):
            entry = trail.Entry(action="act", subject_type="test", subject_id=number)
            trail.write(entry, actor=SYSTEM, at=timezone.now())
        feed.append("entries", [1, 2, 3], at=timezone.now())

write()
"""

FILL = (
    WRITE
    + """
import io
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile

for text in (b"first file", b"second file"):
    with store.receive(io.BytesIO(text)) as draft:
        draft.keep()
        StoredFile.objects.create(
            digest=draft.digest, size=draft.size, media_type="text/plain", stored_at=timezone.now()
        )
"""
)

# Takes the cluster's transaction counter far beyond that of a fresh one, as years of work would.
BURN_TRANSACTIONS = """
from django.db import connection
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        for _ in range(2000):
            cursor.execute("SELECT pg_current_xact_id()")
"""

# Every row of every table but for the transaction ids, which belong to one cluster.
PRINT_ROWS = """
from django.apps import apps
from django.db import connection
for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
    names = sorted(f.column for f in model._meta.local_fields if f.column != "transaction_id")
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s FROM %s" % (", ".join('"%s"' % name for name in names), model._meta.db_table))
        print(model._meta.db_table, sorted(map(repr, cursor.fetchall())))
"""

BACK_UP_WITHOUT_SEALING = """
from pathlib import Path
from gongkai.config.backups import writing
writing.write(Path({backup!r}), at=timezone.now())
writing.write_keys(Path({keys!r}))
"""

BACK_UP_UNDER_WRITERS = """
import threading, time
from pathlib import Path
from django.db import connections
from gongkai.config.backups import writing
from gongkai.config.cli import backup as cli

ending = threading.Event()

def work():
    while not ending.is_set():
        write()
    connections.close_all()

threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
time.sleep(0.3)
cli.back_up(Path({backup!r}))
writing.write_keys(Path({keys!r}))
ending.set()
for thread in threads:
    thread.join()
"""
