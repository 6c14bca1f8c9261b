"""The real rows are read and judged; collected only where they stand beside the repository.

Their whole import is measured by the benchmark.
"""

from collections import Counter
from datetime import date

import pytest

from gongkai.imports.reading import stream
from gongkai.imports.services import mapping_files
from tests.conftest import SHARED

pytestmark = pytest.mark.pure
REAL = SHARED / "documents" / "policy-documents.tsv"

if REAL.exists():

    def test_every_real_row_is_accounted_for() -> None:
        said: Counter[str] = Counter()
        text = mapping_files.text_of("policy-list")
        with (
            REAL.open("rb") as file,
            stream.read(file, ending="tsv", mapping_text=text, own=None, today=date(2026, 11, 22)) as reading,
        ):
            for row in reading.rows:
                said["rejected" if row.is_rejected else "new" if row.repeats is None else "repeated"] += 1
                said.update(finding.code for finding in row.findings)
        assert (said["new"], said["repeated"], said["rejected"]) == (32_095, 2_431, 52)
        assert said["imports.missing_published_on"] == 52
        assert said["imports.published_before_written"] == 59
        assert said["secrecy.mark"] == 0
