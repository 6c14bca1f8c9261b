"""Characters and numbers as they stand in reports: full and half width, broken words, blanks that are not zero."""

import functools
import re
import unicodedata
from decimal import Decimal, InvalidOperation

# Pages in traditional characters (converted by the portal) are read by the same labels: pairs of old and new.
_TRADITIONAL = (
    "報报開开請请數数據据條条應应處处結结轉转維维糾纠複复復复議议訴诉訟讼審审總总計计單单項项規规範范許许強强對对業业機机構构會会組组織织務务與与廢废現现發发製制額额萬万屬属國国祕秘護护過过類类內内"
    "執执詢询關关沒没補补訪访舉举當当證证認认獲获將将無无費费繳缴納纳續续辦办徵征採采購购標标責责導导歷历縣县區区鄉乡鎮镇號号論论億亿員员長长門门間间陽阳際际電电話话網网頁页頒颁題题顯显風风館馆餘余"
    "個个來来優优產产僅仅傳传價价兩两協协則则動动勞劳勢势勵励參参雙双啟启問问圖图團团圍围實实寧宁層层屆届島岛廣广庫库張张後后從从徑径態态戶户擇择擴扩擔担敗败斷断於于時时暢畅書书東东極极樣样樓楼橋桥"
    "檔档檢检欄栏權权歸归決决況况測测溝沟滿满漢汉濟济災灾為为爭争獎奖環环療疗監监盡尽礎础確确種种積积穩稳競竞簡简籌筹級级經经綜综線线練练績绩職职聯联聞闻聽听臨临舊旧藝艺術术蘇苏衛卫見见覽览觀观訂订"
    "記记設设評评試试該该詳详語语誤误說说課课調调談谈講讲識识讀读變变讓让貫贯負负財财貧贫貨货貿贸資资軍军軟软較较載载輯辑輸输轄辖農农運运達达違违遞递適适遷迁選选還还邊边郵邮鄰邻醫医釋释鐵铁錄录錯错"
    "鍵键閉闭閱阅闡阐隊队階阶隨随隱隐雲云響响順顺須须預预領领頭头頻频願愿駐驻驗验點点齊齐備备創创彙汇貼贴質质黨党習习進进罰罚體体樹树園园遠远劃划離离難难雜杂雖虽劇剧勝胜獨独猶犹狀状牽牵畝亩異异疊叠"
    "眾众礙碍禮礼稅税糧粮窮穷筆笔節节築筑紀纪約约給给統统絕绝絡络綱纲緊紧編编緩缓緣缘縱纵罷罢義义聲声肅肃腦脑臺台興兴葉叶蓋盖薦荐藥药蘭兰虛虚衝冲裝装親亲觸触訓训託托診诊詐诈詞词誠诚誰谁諒谅諮咨諾诺"
    "謀谋謂谓謹谨賀贺賓宾賞赏賠赔賦赋贊赞趕赶趨趋跡迹踐践蹤踪車车輛辆輔辅輕轻輪轮辭辞這这連连週周遊游遲迟遺遗邁迈針针鋪铺鋼钢鎖锁鏈链鏡镜鐘钟鑒鉴閒闲頃顷頓顿顧顾養养駕驾騙骗驅驱鮮鲜鳳凤麗丽黃黄"
)


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (
        *range(0x00A0, 0x0100),
        *range(0x2000, 0x2070),
        *range(0x2460, 0x2474),
        *range(0x2E80, 0x2FE0),
        *range(0x3000, 0x3040),
        *range(0xF900, 0xFB00),
        *range(0xFE10, 0xFE70),
        *range(0xFF01, 0xFFEF),
    ):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    for marks, plain_mark in (
        ("−–—﹣－‐‑‒―─", "-"),
        ("〔﹝［【", "["),
        ("〕﹞］】", "]"),
        ("、､", "、"),
        ("“”„‟＂", '"'),
        ("‘’", "'"),
        ("\u200b\ufeff\u00a0\u2002\u2003\u3000\t\x0b\x0c\r", " "),
        ("∶", ":"),
        ("〇", "0"),
        ("．", "."),
    ):
        for mark in marks:
            table[ord(mark)] = plain_mark
    table.update({ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)})
    return table


_PLAIN = _table()
BLANKS = frozenset(
    {"", "-", "--", "---", "/", "\\", "//", "N/A", "NA", "n/a", "无", "空", "*", ".", "_", "-/-", "·", "…"}
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_UNIT = re.compile(r"(?:万元|元|人次|件次|件|条|次|个|项|人|篇|份|宗|起)$")
_MARK = re.compile(
    r"^(?:[\((]?[一二三四五六七八九十]{1,3}[\))]|[一二三四五六七八九十]{1,3}[、,.]|[\((]?\d{1,2}[\))]|\d{1,2}[、.,:]|其中[::]?)+"
)
_NOT_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9/]+")


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """One character for one character: full-width forms, dashes, brackets and blanks folded. Length is kept."""
    return text.translate(_PLAIN)


@functools.lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Without any white space."""
    return "".join(plain(text).split())


@functools.lru_cache(maxsize=4096)
def key(label: str) -> str:
    """A label reduced to what identifies it: no numbering, no marks, no white space."""
    return _NOT_WORD.sub("", _MARK.sub("", squeezed(label)))


def is_blank(text: str) -> bool:
    """Blank or a sign that stands for nothing filled in. Never a zero."""
    return squeezed(text) in BLANKS


@functools.lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """The value of a box that holds exactly one number (a unit may follow); None for anything else."""
    folded = plain(text).strip()
    if any(part.isspace() for part in folded):
        pieces = folded.split()
        if sum(bool(re.search(r"\d", piece)) for piece in pieces) != 1:
            return None
        folded = "".join(pieces)
    folded = _UNIT.sub("", folded)
    if folded == "零":
        return Decimal(0)
    if not _NUMBER.fullmatch(folded) or len(folded) > 24:
        return None
    try:
        return Decimal(folded.replace(",", ""))
    except InvalidOperation:
        return None


@functools.lru_cache(maxsize=4096)
def has_words(text: str) -> bool:
    """True if the box speaks (a label), false for numbers, blanks and units."""
    folded = _UNIT.sub("", squeezed(text))
    return folded not in BLANKS and folded != "零" and bool(re.search(r"[\u3400-\u9fffA-Za-z]", folded))


def json_number(value: Decimal) -> int | float:
    """An integer where it is one, else a float for JSON."""
    return int(value) if value == value.to_integral_value() else float(value)


def printed(value: Decimal | int) -> str:
    """As an officer writes it: no exponent, no trailing zeros."""
    value = Decimal(value)
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")
