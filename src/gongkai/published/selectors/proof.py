"""What anybody can check: the public content of a version as canonical bytes, whose SM3 the certificate names."""

import json
from collections.abc import Iterable, Mapping

from gongkai.groundwork import digests
from gongkai.published.models import Entry, EntryFile, EntryVersion
from gongkai.published.selectors.entry_page import Whole

# Part of the content, so that a change of the form can never make two contents look alike.
_FORM = "gongkai-public-1"


def of_whole(found: Whole) -> bytes:
    """The content that is shown now."""
    return _canonical(found.entry, found.version, found.files)


def digests_of(entry: Entry) -> Mapping[int, str]:
    """The digest of each version by its number; a purged one has none any more. Two queries."""
    versions = list(EntryVersion.objects.filter(entry=entry, purged_at__isnull=True).order_by("number"))
    files: dict[int, list[EntryFile]] = {version.pk: [] for version in versions}
    for file in EntryFile.objects.filter(version_id__in=files).defer("text").order_by("position"):
        files[file.version_id].append(file)
    return {version.number: digests.sm3(_canonical(entry, version, files[version.pk])) for version in versions}


def _canonical(entry: Entry, version: EntryVersion, files: Iterable[EntryFile]) -> bytes:
    """Sorted keys, no blanks, UTF-8. ``cleared`` is the digest to which signature and clearance are bound."""
    content = {
        "form": _FORM,
        "index_number": entry.index_number,
        "version": version.number,
        "title": version.title,
        "metadata": version.metadata,
        "summary": version.summary,
        "keywords": version.keywords,
        "body_html": version.body_html,
        "files": [{"title": file.title, "file_name": file.file_name, "sm3": file.digest} for file in files],
        "cleared": version.digest,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
