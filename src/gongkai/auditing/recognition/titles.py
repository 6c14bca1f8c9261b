"""Whose report it is and of which year: titles, the period stated, chapter headings, pieces of other reports."""

import collections
import dataclasses
import re

from gongkai.auditing.document import Document, Grid, Paragraph, Place
from gongkai.auditing.model import Heading

_AGENCY = r"(?P<agency>[\u4e00-\u9fff()]{2,40}?)"
_KIND = (
    r"(?:政府)?信息公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?"
    r"(?P<kind>情况统计表|统计表|年度报告|工作报告|报告|年报|工作总结)"
)
_BEFORE = re.compile(rf"^(?:标题:|名称:?|文件名称:|附件\d?:?)?{_AGENCY}(?P<year>(?:19|20)\d{{2}})年?度?{_KIND}")
_AFTER = re.compile(rf"^(?:标题:|名称:?|文件名称:)?(?P<year>(?:19|20)\d{{2}})年?度?{_AGENCY}{_KIND}")
_INSIDE = re.compile(
    r"(?:^|编制|公布|发布|[\s:>》,。])(?P<agency>[\u4e00-\u9fff()]{2,30}?"
    r"(?:政府|委员会|管委会|局|厅|部|办公室|中心|大队|支队|分局|院|省|市|县|区|州|旗|乡|镇|街道))"
    rf"\s*(?P<year>(?:19|20)\d{{2}})\s*年?度?\s*{_KIND}"
)
_UNDATED = re.compile(rf"(?:标题:|名称:?)?(?P<agency>[\u4e00-\u9fff()]{{2,40}}?)?{_KIND}")
_BODY_ALONE = re.compile(
    r"[\u4e00-\u9fff()]{2,28}(?:政府|委员会|管委会|局|厅|部|办公室|中心|大队|支队|分局|院|省|市|县|区|州|旗|乡|镇|街道)"
)
_PERIOD = re.compile(
    r"(?:统计|数据|期限|时限)[^。]{0,16}?(?P<year>(?:19|20)\d{2})年?1月1日.{0,8}?(?:(?P<other>(?:19|20)\d{2})年)?12月31日?"
)
_YEAR_OF_TEXT = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!\d)")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:省|自治区|市|自治州|县|区|旗|乡|镇|街道|园区|实验区|开发区)(?:人民政府|管委会|管理委员会)?"
)
_NO_NAME = re.compile(r"根据|依据|按照|依照|经|由|从|对|以|为|使|向|把|被|并|各|该|此")
FEWEST_MENTIONS = 3
MOST_LETTERHEAD = 60
LONGEST_MENU_WORD = 40
_REPORT_WORDS = re.compile(r"一、|统计期限|统计指标|统计时限|公开条例|主动公开")
_CHAPTER = re.compile(r"^(?P<number>[一二三四五六七八九十]{1,3})[、.](?P<words>[^。;:,]{2,40}?)(?:[。:]|$)")
_HAN_YEAR = re.compile(r"([二一][零0一二三四五六七八九]{3})年")
_HAN_DIGITS = {char: str(i) for i, char in enumerate("0一二三四五六七八九")} | {"零": "0"}
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FORM_ROWS = re.compile(
    r"本年新收|上年结转|本年度办理结果|结转下年度|^主动公开情况$|回应解读情况$|^依申请公开情况$|举报投诉数量|行政复议数量|行政诉讼数量|收取的费用$|保障经费情况$|会议和培训情况$"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Title:
    """A title found in the document."""

    agency: str
    year: int | None
    kind: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """Blocks `start`…`end` (exclusive) that belong together."""

    start: int
    end: int
    agency: str
    year: int | None
    titled: bool


def numeral(text: str) -> int:
    """一…九十九 as a number, 0 if it is none."""
    if text in NUMERALS:
        return NUMERALS[text]
    if text.startswith("十"):
        return 10 + NUMERALS.get(text[1:], 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return NUMERALS.get(tens, 0) * 10 + NUMERALS.get(ones, 0)
    return 0


def _with_digits(line: str) -> str:
    """二〇二三年 as 2023年."""
    return _HAN_YEAR.sub(lambda match: "".join(_HAN_DIGITS[char] for char in match[1]) + "年", line)


def title_of(text: str, place: Place) -> Title | None:
    """The title a short line is, if it is one."""
    line = _with_digits("".join(text.split()))
    if not 8 <= len(line) <= 70:
        return None
    match = _BEFORE.search(line) or _AFTER.search(line)
    if match is None or len(line) - match.end() > 12:
        return None
    agency = re.sub(r"^(?:中共|关于|公布)|关于$|[((]?$", "", match["agency"]).strip("()")
    if agency.endswith(("发布", "印发", "中国")) or "条例" in agency or agency == "政府":
        return None
    return Title(agency, int(match["year"]), match["kind"], place)


def titles(document: Document) -> list[Title]:
    """Every line that is a title; two lines may make one (agency, then year and kind)."""
    result: list[Title] = []
    previous = ""
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            previous = ""
            continue
        text = block.plain.strip()
        place = Place(number, 0, len(block.text))
        title = title_of(text, place)
        if title is None and previous and len(previous) < 40 and len(text) < 40 and "公开" in previous + text:
            title = title_of(previous + text, place)
        if title is None and not result and len(text) > 100:
            title = _inside(block.plain, number)
        if title is None:
            title = _undated("".join(text.split()), previous, place)
        if title:
            result.append(title)
        previous = "".join(text.split())
    return result


def _undated(line: str, previous: str, place: Place) -> Title | None:
    """A title without a year, alone or under the agency's name."""
    match = _UNDATED.fullmatch(line)
    if match is None:
        return None
    agency = "" if match["agency"] in (None, "政府") else match["agency"]
    agency = agency or (previous if _BODY_ALONE.fullmatch(previous) else "")
    return Title(agency, None, match["kind"], place) if agency and "条例" not in agency else None


def _inside(text: str, number: int) -> Title | None:
    """A title that opens a paragraph into which the whole report ran, or that its first sentences name."""
    match = _INSIDE.search(text[:500])
    if match is None or "条例" in match["agency"]:
        return None
    agency = re.sub(r"^.*(?:编制|公布|发布|关于)", "", match["agency"])
    return Title(agency, int(match["year"]), match["kind"], Place(number, match.start("agency"), match.end()))


def period(text: str) -> tuple[int, int | None, int, int] | None:
    """Start year and end year of the stated period with its span; None if no period is stated."""
    match = _PERIOD.search(text)
    if match is None:
        return None
    return int(match["year"]), int(match["other"]) if match["other"] else None, match.start(), match.end()


def chapter(text: str) -> tuple[int, str] | None:
    """Number and words of a chapter heading at the head of a paragraph; None for rows of the forms."""
    match = _CHAPTER.match("".join(text[:80].split()))
    if match is None or _FORM_ROWS.search(match["words"]):
        return None
    number = numeral(match["number"])
    return (number, match["words"]) if number else None


def segments(document: Document, known: list[Title]) -> list[Segment]:
    """The stretches of the document that belong to one agency and year each, given its titles."""
    found = {title.place.block: title for title in known}
    borders: list[tuple[int, Title | None]] = [(0, None)]
    highest = 0
    current: Title | None = None
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            continue
        title = found.get(number)
        if title is not None:
            if (current is None or not _same(title, current)) and _opens(document, number, found):
                borders.append((number, title))
                highest = 0
                current = title
            continue
        heading = chapter(block.plain)
        if heading is None:
            continue
        if heading[0] == 1 and (highest >= 3 or (current is not None and current.kind.endswith("统计表"))):
            borders.append((number, None))
            highest, current = 0, None
        highest = max(highest, heading[0])
    return _segments(document, borders)


def _same(left: Title, right: Title) -> bool:
    same_body = left.agency in right.agency or right.agency in left.agency
    return same_body and (left.year == right.year or None in (left.year, right.year))


def _opens(document: Document, number: int, found: dict[int, Title]) -> bool:
    """A title opens a report only if one follows before the next other title: a table, or more than words of a menu."""
    length = len(document.blocks[number].text) - 60
    if length > 150:
        return True
    length, words, speaks = 0, "", False
    for i in range(number + 1, len(document.blocks)):
        if i in found and not _same(found[i], found[number]):
            break
        block = document.blocks[i]
        length += len(block.text)
        words += block.text if isinstance(block, Paragraph) else ""
        speaks = speaks or len(block.text) > LONGEST_MENU_WORD or "。" in block.text
        if length > 150 and (isinstance(block, Grid) or (speaks and _REPORT_WORDS.search(words))):
            return True
    return False


def _segments(document: Document, borders: list[tuple[int, Title | None]]) -> list[Segment]:
    result: list[Segment] = []
    for i, (start, title) in enumerate(borders):
        end = borders[i + 1][0] if i + 1 < len(borders) else len(document.blocks)
        if end <= start:
            continue
        text = "\n".join(b.plain for b in document.blocks[start:end] if isinstance(b, Paragraph))
        year = (title.year if title else None) or _year(text)
        result.append(Segment(start, end, title.agency if title else "", year, title is not None))
    return _joined(document, result)


def _joined(document: Document, found: list[Segment]) -> list[Segment]:
    """What stands before the first title is its letterhead or the menu of the page, unless it is long or speaks."""
    if len(found) > 1 and not found[0].titled and found[1].titled:
        first, second = found[0], found[1]
        silent = all(len(block.text) <= LONGEST_MENU_WORD for block in document.blocks[first.start : first.end])
        if second.start - first.start <= MOST_LETTERHEAD and (silent or first.year in (None, second.year)):
            return [dataclasses.replace(second, start=first.start), *found[2:]]
    return found


def _year(text: str) -> int | None:
    stated = period(text)
    if stated:
        return stated[0]
    done = re.findall(
        r"((?:19|20)\d{2})年?度?[^。\n]{0,24}?(?:政府信息公开(?:工作)?(?:取得|年度|情况)|(?:共|累计)?(?:受理|收到|召开|办理|承办|发布))",
        text,
    )
    counts = collections.Counter(done or _YEAR_OF_TEXT.findall(text))
    return int(max(counts, key=lambda year: (counts[year], year))) if counts else None


def year_of(text: str) -> int | None:
    """The report year as far as running text shows it."""
    return _year(text)


def agency_of(document: Document, text: str, titled: str) -> str:
    """The full name: the title's, completed by city and form of government as the text names them."""
    name = titled or _most_named(text)
    if not name.endswith(("市", "县", "区", "州", "旗", "省", "乡", "镇", "街道", "人民政府")):
        return name
    squeezed = "".join(text.split())
    bare = name.removesuffix("人民政府")
    if name == bare:
        counts = {end: squeezed.count(name + end) for end in ("人民政府", "管委会", "管理委员会")}
        best = max(counts, key=lambda end: counts[end])
        name += best if counts[best] else ""
    if bare.endswith(("区", "县")) and not re.match(r"[\u4e00-\u9fff]{2,4}[市州]", bare):
        cities = collections.Counter(re.findall(rf"([\u4e00-\u9fff]{{2,3}}[市州]){re.escape(bare)}", squeezed))
        if cities:
            name = re.sub(r"^[在由与是至及和的]", "", cities.most_common(1)[0][0]) + name
    return name


def _most_named(text: str) -> str:
    counts = collections.Counter(match.group() for match in _BODY.finditer(text))
    names = collections.Counter[str]()
    for name, count in counts.items():
        bare = re.sub(r"(?:人民政府|管委会|管理委员会)$", "", name)
        if (
            1 < len(bare) <= 8
            and not _NO_NAME.match(bare)
            and not re.search(r"[我全各本该市县区]{2}|^[我全各本该及和与由在对]", bare)
        ):
            names[bare] += count
    best = names.most_common(1)
    return best[0][0] if best and best[0][1] >= FEWEST_MENTIONS else ""


def headings(document: Document, start: int, end: int) -> tuple[Heading, ...]:
    """Chapter headings of a stretch that stand at the head of paragraphs."""
    result: list[Heading] = []
    for number in range(start, end):
        block = document.blocks[number]
        if not isinstance(block, Paragraph):
            continue
        heading = chapter(block.plain)
        if heading:
            result.append(Heading(heading[0], heading[1], Place(number, 0, min(len(block.text), 60))))
    return tuple(result)
