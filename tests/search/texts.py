"""A model with a search column of its own tables, and a corpus to search."""

import random

from django.apps.registry import Apps
from django.db import models

from search.fields import ChineseSearchField, SearchIndex


class Text(models.Model):
    """Kept out of the project's registry: no migration is made for it."""

    title = models.CharField(max_length=200)
    situation = models.TextField(default="")
    demand = models.TextField(null=True)
    search = ChineseSearchField(title="title", body=["situation", "demand"])

    class Meta:
        apps = Apps()
        app_label = "search_tests"
        indexes = [SearchIndex(fields=["search"], name="text_search")]

    def __str__(self):
        return self.title


TOPICS = [
    "停车难",
    "老旧小区",
    "充电桩",
    "农村污水治理",
    "冷链物流",
    "知识产权保护",
    "丁字路口",
    "校园周边交通",
    "小麦烘干设施",
    "高标准农田",
    "乡镇卫生院",
    "养老服务",
    "人居环境整治",
    "嫘祖文化",
    "棠溪宝剑",
    "食用菌产业",
    "水库除险加固",
    "河道采砂",
    "5G网络覆盖",
    "营商环境",
    "西平县城",
    "中小学课后服务",
    "村级集体经济",
    "秸秆综合利用",
    "专项资金",
    "委员会",
    "留守儿童",
    "红色旅游",
    "社区治理",
    "垃圾分类",
    "𬭎发科技园",
    "A3号楼",
]
VERBS = ["关于加强", "关于推进", "建议完善", "进一步规范", "尽快解决", "积极引导", "统筹", "加大"]
FILLERS = (
    "的建议，。、；的问题；工作机制，责任单位。群众反映强烈，涉及面广。资金投入不足，管理不到位；车辆乱停，难以通行。"
    "水电气暖，配套设施。县直有关部门，要认真落实。 ２０２５年，完成率达到８５％。Ｗi-Fi 信号；APP 平台。"
)


def corpus(count: int = 2000, seed: int = 7) -> list[Text]:
    """Invented proposals of 40 to 400 characters; the same for the same seed."""
    chance = random.Random(seed)
    return [
        Text(
            title=chance.choice(VERBS) + chance.choice(TOPICS) + _filler(chance, 6),
            situation="".join(_sentence(chance) for _ in range(chance.randint(1, 6))),
            demand=None if chance.random() < 0.1 else _sentence(chance),
        )
        for _ in range(count)
    ]


def _sentence(chance: random.Random) -> str:
    return chance.choice(VERBS) + chance.choice(TOPICS) + _filler(chance, 40)


def _filler(chance: random.Random, longest: int) -> str:
    start = chance.randrange(len(FILLERS))
    return FILLERS[start : start + chance.randint(0, longest)]
