"""What the worker does about files: reading scans."""

from django_tasks import task

from gongkai.groundwork.files import recognition
from gongkai.groundwork.files.models import StoredFile


@task()
def recognise(file_id: int) -> None:
    """Reads the words of one scan."""
    recognition.read(StoredFile.objects.get(pk=file_id))
