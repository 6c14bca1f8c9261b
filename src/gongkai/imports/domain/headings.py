"""Column heads of tables that other systems and people write: many words for one field."""

import re
from collections.abc import Mapping, Sequence

_NOISE = re.compile(r"[\s\u3000()（）:：*＊/、]|必填|选填")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "file": ("文件名", "文件名称", "附件名", "文件", "正文文件", "电子文件", "文件路径"),
    "title": ("标题", "文件标题", "公文标题", "题名", "名称", "信息名称", "信息标题", "公文题名"),
    "document_number": ("文号", "发文字号", "发文号", "文件编号", "发文文号", "公文文号", "编号", "文件字号", "文件号"),
    "issuer": ("发文机关", "发文单位", "发布机构", "制发机关", "印发机关", "发文机构"),
    "created_on": ("成文日期", "发文日期", "成文时间", "发文时间", "签发日期", "签发时间", "生成日期", "落款日期"),
    "printed_on": ("印发日期", "印发时间"),
    "attribute": ("公开属性", "公开方式", "公开类别", "公开类型", "公开选项", "公开形式", "是否公开", "信息公开",
                  "信息公开属性"),
    "unit": ("承办单位", "主办单位", "拟稿单位", "起草单位", "承办部门", "主办部门", "拟稿部门", "起草部门", "承办科室",
             "主办科室", "拟稿科室", "公开责任部门", "责任部门", "责任单位", "部门", "科室", "处室", "拟稿处室"),
    "column": ("公开栏目", "栏目", "栏目名称", "公开目录", "所属栏目"),
    "genre": ("体裁", "体裁分类", "文种", "公文种类", "公文类型"),
    "keywords": ("关键词", "主题词"),
    "secrecy": ("密级", "密级期限", "密级和保密期限", "秘密等级", "涉密等级"),
}  # fmt: skip
_FIELDS = {word: name for name, words in SYNONYMS.items() for word in words}


def fields_of(header: Sequence[str]) -> dict[str, int]:
    """The place of each field whose column is there; of two columns for one field the first counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = _FIELDS.get(_NOISE.sub("", cell))
        if name is not None:
            found.setdefault(name, place)
    return found
