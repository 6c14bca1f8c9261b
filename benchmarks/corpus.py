"""Made-up documents for measuring: seeded, fast, with word frequencies as in real text (Zipf).

Document n is the same whenever and wherever it is made, so that a database and an index can be filled apart.
"""

import array
import dataclasses
import datetime
import itertools
import random
from collections.abc import Iterator, Sequence

SEED = 20_190_515
VOCABULARY = 60_000
TABLE = 1 << 21
WORDS_PER_TEXT = 200
FIRST_DAY = datetime.date(2008, 5, 1)
DAYS = 6_700

FUNCTION_WORDS = tuple("的和在等对为及与要中按应")
CONTENT = """
工作 管理 政府 部门 单位 项目 服务 规定 建设 安全 发展 企业 社会 人员 通知 实施 进行
国家 信息 资金 负责 组织 公开 相关 应当 行政 要求 机构 监督 办法 审批 生产 加强 申请
推进 保障 经济 教育 情况 人民政府 城市 制度 责任 落实 检查 活动 农村 环境 完善 资源
标准 开展 计划 行业 提高 技术 市场 条件 公共 财政 办理 重点 设施 统一 处理 文化 机制
改革 执行 土地 许可 培训 意见 专项 规划 评估 地方 卫生 产业 平台 备案 就业 用地 交通
应急 工程 质量 登记 处罚 群众 补贴 住房 能源 保护 农业 科技 投资 创新 医疗 保险 公示
预算 采购 招标 信用 证照 食品 药品 消防 防汛 学校 养老 残疾人 最低生活保障 义务教育
行政复议 行政处罚 行政许可 突发事件 生态环境 污染防治 安全生产 知识产权 社会保险 公共服务
基础设施 劳动合同 道路运输 营商环境 不动产 公积金 幼儿园 高新技术 自然资源 市场监管
规范性文件 水利 林业 气象 档案 统计 审计 宗教 民族 体育 旅游 邮政 电信 铁路 港口 航空
仓储 物流 快递 粮食 化肥 种子 兽药 渔业 盐业 烟草 殡葬 婚姻 收养 户籍 签证 边检 海关
税收 发票 车辆 驾驶证 停车 公厕 路灯 绿化 园林 河道 水库 泵站 管网 燃气 供热 供水
排水 垃圾分类 噪声 扬尘 辐射 危险化学品 烟花爆竹 特种设备 电梯 锅炉
"""

AGENCIES = tuple(f"agency-{n:03}" for n in range(120))
TOPICS = tuple(f"topic-{n:02}" for n in range(22))
GENRES = tuple(f"genre-{n:02}" for n in range(13))
VALIDITIES = ("in-force", "in-force", "in-force", "amended", "repealed")
NODES = tuple(f"{area}/{area}-{leaf}" for area in range(12) for leaf in range(9))
MARKS = ("市政发", "市府办", "市发改", "市教字", "市规划", "县政办", "国办发", "国发")
CLOSINGS = ("的通知", "的意见", "的批复", "的公告", "的决定", "的函")
FACETS = ("agency", "topic", "genre", "year", "validity", "node")


@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    """A made-up document; its number in the series is its key."""

    key: int
    title: str
    document_number: str
    index_number: str
    text: str
    published_on: datetime.date
    facets: dict[str, tuple[str, ...]]


class Corpus:
    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        self.vocabulary = _vocabulary(random.Random(seed))
        self._table = _zipf_table(self.vocabulary)

    def samples(self, count: int, *, start: int = 1, characters: int = 400) -> Iterator[Sample]:
        """Documents start … start + count - 1 with texts of about so many characters."""
        for key in range(start, start + count):
            yield self.sample(key, characters=characters)

    def sample(self, key: int, *, characters: int = 400) -> Sample:
        chance = random.Random(self.seed + key)
        day = FIRST_DAY + datetime.timedelta(days=int(DAYS * chance.random() ** 0.7))
        agency, leaf = AGENCIES[_skewed(chance, len(AGENCIES))], NODES[_skewed(chance, len(NODES))]
        return Sample(
            key=key,
            title=f"关于{''.join(self._words(chance, 5))}{chance.choice(CLOSINGS)}",
            document_number=f"{chance.choice(MARKS)}〔{day.year}〕{key % 997 + 1}号",
            index_number=f"{agency[-3:]}/{day.year}-{key:07}",
            text=self._text(chance, characters),
            published_on=day,
            facets={
                "agency": (agency,),
                "topic": (TOPICS[_skewed(chance, len(TOPICS))],),
                "genre": (GENRES[_skewed(chance, len(GENRES))],),
                "year": (str(day.year),),
                "validity": (chance.choice(VALIDITIES),),
                "node": (leaf.split("/")[0], leaf),
            },
        )

    def queries(self, count: int, kind: str) -> list[str]:
        """Words of one frequency band, 'rare', 'medium' or 'common'; every other query has two of one document."""
        chance = random.Random(f"{self.seed}{kind}")
        start, end = {"common": (0, 100), "medium": (500, 3_000), "rare": (20_000, VOCABULARY)}[kind]
        band = self.vocabulary[len(FUNCTION_WORDS) + start : len(FUNCTION_WORDS) + end]
        within = frozenset(band)
        found = list[str]()
        while len(found) < count:
            if len(found) % 2 == 0:
                found.append(chance.choice(band))
            elif len(together := sorted(within & _pieces(self.sample(chance.randrange(1, 20_000)).text))) > 1:
                found.append(" ".join(chance.sample(together, 2)))
        return found

    def _text(self, chance: random.Random, characters: int) -> str:
        words = self._words(chance, WORDS_PER_TEXT * characters // 400)
        marks = itertools.cycle(("", "", "", "", ",", "", "", "", "", "", "。"))
        return "".join(itertools.chain.from_iterable(zip(words, marks, strict=False)))[:characters]

    def _words(self, chance: random.Random, count: int) -> list[str]:
        numbers = array.array("I", chance.randbytes(4 * count))
        table = self._table
        return [table[number & TABLE - 1] for number in numbers]


def _pieces(text: str) -> set[str]:
    return {text[place : place + size] for size in (2, 3, 4) for place in range(len(text))}


def _skewed(chance: random.Random, size: int) -> int:
    return int(size * chance.random() ** 2)


def _vocabulary(chance: random.Random) -> list[str]:
    known = list(dict.fromkeys([*FUNCTION_WORDS, *CONTENT.split()]))
    # The 3,755 everyday characters are the first level of GB 2312.
    everyday = bytes(
        itertools.chain.from_iterable((row, cell) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF))
    ).decode("gb2312")
    made = set(known)
    while len(known) < VOCABULARY:
        word = "".join(chance.choices(everyday, k=2 if chance.random() < 0.8 else 3))
        if word not in made:
            made.add(word)
            known.append(word)
    return known


def _zipf_table(vocabulary: Sequence[str]) -> list[str]:
    """Each word as often as its share of all text: a draw is then one look-up."""
    whole = sum(1 / rank for rank in range(1, len(vocabulary) + 1))
    reached, table = 0.0, list[str]()
    for rank, word in enumerate(vocabulary, 1):
        reached += 1 / rank / whole
        table.extend([word] * (round(reached * TABLE) - len(table)))
    return table
