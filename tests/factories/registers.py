"""The register of issued documents, brought in by the acts of the cast."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.imports.models import RegisterTable
from gongkai.imports.services import registers
from gongkai.imports.services.registers import Upload
from gongkai.records.domain.issued import Issued
from gongkai.records.models import IssuedDocument
from gongkai.records.services import registering
from tests import cast as casting
from tests.cast import Cast
from tests.integration.files import material

HEAD = ("发文字号", "公文标题", "成文日期", "公开方式", "拟稿科室")


def issued(number: int, **values: Any) -> Issued:
    defaults: dict[str, Any] = {
        "document_number": f"甲政办发〔2026〕{number}号",
        "title": f"关于第{number}件事的通知",
        "created_on": date(2026, 3, 2),
        "attribute": "proactive",
        "unit": "办公室",
    }
    return Issued(**defaults | values)


def registered(cast: Cast, *rows: Issued) -> list[IssuedDocument]:
    """Entered in the register; the documents in the order of their numbers."""
    registering.register(rows, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.AT)
    with scoping.narrow_to([cast.agency.pk]):
        return list(IssuedDocument.objects.order_by("serial", "copy"))


def uploaded(cast: Cast, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> RegisterTable:
    """A workbook that came in, not yet looked through."""
    upload = Upload(stream=SimpleUploadedFile("发文登记.xlsx", material.xlsx(head, *rows)), file_name="发文登记.xlsx")
    return registers.submit(upload=upload, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.AT)


def looked_through(cast: Cast, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> RegisterTable:
    table = uploaded(cast, *rows, head=head)
    registers.look_through(table_id=table.pk)
    return fresh(cast, table)


def fresh(cast: Cast, table: RegisterTable) -> RegisterTable:
    with scoping.narrow_to([cast.agency.pk]):
        return RegisterTable.objects.get(pk=table.pk)
