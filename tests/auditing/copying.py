"""Reports of agencies that have nothing in common but form and law, and one that copied from another."""

import dataclasses
import random

from tests.auditing import base, synthetic

_THINGS = (
    "河道",
    "苗圃",
    "校车",
    "菜场",
    "热力",
    "桥梁",
    "粮库",
    "渔港",
    "古井",
    "茶园",
    "井盖",
    "灯塔",
    "羊圈",
    "书屋",
    "泵站",
    "冰场",
    "果窖",
    "石窟",
    "蜂场",
    "盐田",
)
_DOINGS = (
    "逐户登记",
    "张榜告知",
    "上门讲解",
    "分段核对",
    "错时接待",
    "翻译成图",
    "录成短片",
    "编成问答",
    "送进集市",
    "挂上村口",
    "抄送工会",
)
_WHO = (
    "老匠人",
    "摆渡工",
    "护林员",
    "乡邮员",
    "校医",
    "炊事班",
    "合唱团",
    "养路队",
    "修表铺",
    "剧团",
    "船工",
    "牧民",
)
_WHEN = (
    "开春",
    "汛前",
    "霜降后",
    "赶集日",
    "农忙间歇",
    "腊月里",
    "开学头周",
    "庙会期间",
    "头场雪后",
)


def words(seed: str, sentences: int = 24) -> str:
    """Prose that nobody else has: sentences of things, doings and people drawn by chance."""
    chance = random.Random(seed)
    return "".join(
        f"{chance.choice(_WHEN)}我们请{chance.choice(_WHO)}把{chance.choice(_THINGS)}和{chance.choice(_THINGS)}的事项"
        f"{chance.choice(_DOINGS)},再由{chance.choice(_WHO)}带着{chance.choice(_THINGS)}图样{chance.choice(_DOINGS)}。"
        for _ in range(sentences)
    )


def report(agency: str, text: str, *, year: int = 2023) -> synthetic.Report:
    """The base report of an agency with this text in chapter one."""
    return dataclasses.replace(base.base("G2021", agency=agency, year=year), extra=(text,))


def of_village(name: str, own: str) -> str:
    """What a harmless report says in the words of law and form, with a sentence of its own."""
    return (
        f"{name}坚持以习近平新时代中国特色社会主义思想为指导,坚持以公开为常态、不公开为例外,"
        f"遵循公正、公平、合法、便民的原则。{own}"
    )
