"""The words by which topics, meetings, outcomes and answers are told apart."""

from django.db import models


class Form(models.TextChoices):
    """How a topic is consulted on. Which of them a kind of topic may take stands in its row (TopicKind)."""

    STANDING = "standing", "专题议政性常委会会议"
    CHAIRMEN = "chairmen", "主席会议协商"
    SPECIAL = "special", "专题协商会"
    COUNTERPART = "counterpart", "对口协商座谈会"
    SECTOR = "sector", "界别协商座谈会"
    HANDLING = "handling", "提案办理协商会"
    SURVEY = "survey", "调研座谈会"
    SUPERVISION = "supervision", "民主监督评议会"
    INSPECTION = "inspection", "视察座谈会"
    ONLINE = "online", "网络协商"
    PAPER = "paper", "书面协商"


class OutcomeKind(models.TextChoices):
    SURVEY = "survey", "调研报告"
    ADVICE = "advice", "建议案"
    SPECIAL = "special", "协商专报"
    INSPECTION = "inspection", "视察报告"
    SUPERVISION = "supervision", "监督意见"


class Source(models.TextChoices):
    """From whom a suggested topic came."""

    MEMBER = "member", "委员"
    COMMITTEE = "committee", "专委会"
    UNIT = "unit", "部门、乡镇"
    PUBLIC = "public", "群众"


class Channel(models.TextChoices):
    """How a suggestion that staff enter had reached them."""

    PORTAL = "portal", "门户"
    LETTER = "letter", "来信"
    CALL = "call", "来电"
    VISIT = "visit", "来访"
    MEETING = "meeting", "座谈会"

    @classmethod
    def entered(cls) -> list[tuple[str, str]]:
        return [choice for choice in cls.choices if choice[0] != cls.PORTAL]


class Mode(models.TextChoices):
    """Who is asked for an opinion on a topic."""

    OPEN = "open", "全体委员都可以发表"
    INVITED = "invited", "只请受邀委员发表"
    MIXED = "mixed", "重点请受邀委员发表，其他委员也可以发表"


class SpeechKind(models.TextChoices):
    """The four steps of a meeting (通报、提问、解答、发言)."""

    BRIEFING = "briefing", "情况通报"
    QUESTION = "question", "委员提问"
    ANSWER = "answer", "部门解答"
    SPEECH = "speech", "协商发言"


class Answer(models.TextChoices):
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "未采纳"


class Level(models.TextChoices):
    """Whose 批示 it is."""

    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATION = "nation", "国家级"


class StepKind(models.TextChoices):
    """A dated step of a plan on its way."""

    CALLED = "called", "征集议题"
    CONSULTED = "consulted", "送县委、县政府征求意见"
    PARTY = "party", "县委意见"
    GOVERNMENT = "government", "县政府意见"
    SUBMITTED = "submitted", "提交主席会议"
    CHAIRMEN = "chairmen", "主席会议审议通过"
    STANDING = "standing", "县委常委会会议确定"
    ISSUED = "issued", "联合印发"
    SENT_BACK = "sent_back", "退回修改"
    CHANGED = "changed", "印发前后调整"
