"""What venues, matters, participants and outcomes are called (docs/decisions/grassroots.md)."""

from enum import nonmember

from django.db import models


class VenueKind(models.TextChoices):
    HOME = "home", "委员之家"
    ROOM = "room", "协商议事室"
    VILLAGE = "village", "村级协理室"
    STUDIO = "studio", "委员工作室"
    SECTOR = "sector", "界别工作室"
    MOBILE = "mobile", "流动议事（田间院坝）"


class Level(models.TextChoices):
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Source(models.TextChoices):
    CITIZEN = "citizen", "群众"
    MEMBER = "member", "委员"
    AUTHORITY = "authority", "党政部门和单位"


class Category(models.TextChoices):
    """The three kinds of topics of the county's rules (domain §10)."""

    LIVELIHOOD = "livelihood", "民生实事"
    GOVERNANCE = "governance", "治理难事"
    AFFAIRS = "affairs", "党政要事"


class ParticipantKind(models.TextChoices):
    MEMBER = "member", "委员"
    STAKEHOLDER = "stakeholder", "利益相关方"
    DEPARTMENT = "department", "部门"
    CITIZEN = "citizen", "群众"
    EXPERT = "expert", "专家"


class Refusal(models.TextChoices):
    OUTSIDE = "outside", "不属于协商议事的范围"
    PETITION = "petition", "属于信访、诉讼、举报或个人纠纷"
    BEYOND = "beyond", "超出本县的职权"
    KNOWN = "known", "已有同类议题或正在办理"
    UNCLEAR = "unclear", "内容不清，无法核实"
    OTHER = "other", "其他原因"


# Where somebody may turn; the host may write another one.
ADVICE = {
    Refusal.OUTSIDE: "可以向村（社区）、乡镇（街道）的便民服务中心反映。",
    Refusal.PETITION: "请到县信访局，或通过人民法院、司法所等法定途径解决。",
    Refusal.BEYOND: "请向有权办理的机关反映，可以先拨打 12345 热线咨询。",
    Refusal.KNOWN: "请在“议题和结果”页面查看同类议题的进展。",
    Refusal.UNCLEAR: "请补充时间、地点和具体情况后重新提交。",
    Refusal.OTHER: "可以拨打 12345 热线咨询。",
}


class Progress(models.TextChoices):
    RUNNING = "running", "正在办理"
    DONE = "done", "已经落实"
    IMPOSSIBLE = "impossible", "暂时办不到"

    ENDED = nonmember(("done", "impossible"))


class Verdict(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class RatedBy(models.TextChoices):
    CODE = "code", "群众凭查询码"
    ACCOUNT = "account", "提出人"
    PROXY = "proxy", "议事室代录"


class Onward(models.TextChoices):
    PROPOSAL = "proposal", "提案"
    OPINION = "opinion", "社情民意信息"


class Came(models.TextChoices):
    """How a matter came to a venue."""

    BROUGHT = "brought", "收到"
    UP = "up", "下级提交"
    DOWN = "down", "上级转下"
    MERGED = "merged", "撤并接续"
