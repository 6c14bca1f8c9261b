"""What an archive says about itself: version, counts, and the SM3 digest and size of every member."""

import dataclasses
import json
import re
from dataclasses import dataclass, field

from gongkai.groundwork.audit import chain

FORMAT = 1
NAME = "manifest.json"
SEAL_NAME = "manifest.hmac"
HEADS = "audit-head.log"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_FILE = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")


class UnusableBackup(Exception):
    """The archive is no backup of this product, damaged, or tampered with; the message says which."""


@dataclass(frozen=True)
class Member:
    """One file of the archive."""

    digest: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """``counts`` are rows by table at the moment of the backup. Of the files that the database knows, ``missing`` were
    not in the store, and the bytes of ``damaged`` no longer had the digest that is their name."""

    created_at: str
    version: str
    vendor: str
    migrations: tuple[str, ...]
    counts: dict[str, int]
    members: dict[str, Member]
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    def to_bytes(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()


def parse(text: bytes) -> Manifest:
    """Reads a manifest.

    Raises:
        UnusableBackup: it is none, of another format, or names members that no backup has.
    """
    try:
        values = json.loads(text)
        members = {str(name): Member(str(m["digest"]), int(m["size"])) for name, m in values.pop("members").items()}
        values["migrations"] = tuple(values["migrations"])
        values["missing"] = tuple(values["missing"])
        values["damaged"] = tuple(values["damaged"])
        manifest = Manifest(members=members, **values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableBackup("The manifest cannot be read.") from error
    if manifest.format != FORMAT or manifest.vendor not in DATABASES:
        raise UnusableBackup(f"The backup has the format {manifest.format}, which this version does not know.")
    strange = [name for name in members if not is_known(name)]
    if strange or DATABASES[manifest.vendor] not in members:
        raise UnusableBackup("The manifest names what no backup holds, or no database.")
    return manifest


def is_known(name: str) -> bool:
    """Whether a member may bear this name; nothing else is ever written to disk, so no path leads elsewhere."""
    return name == HEADS or name in DATABASES.values() or _FILE.fullmatch(name) is not None


def file_name(digest: str) -> str:
    """The name of a stored file in the archive."""
    return f"files/{digest[:2]}/{digest[2:4]}/{digest}"


def seal(text: bytes, key: str) -> str:
    """HMAC-SM3 of the manifest under the audit key: who lacks the key cannot make a backup that looks like ours."""
    return chain.authenticator(key.encode("ascii"))(b"gongkai backup\n" + text)
