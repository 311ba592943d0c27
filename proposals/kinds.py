"""Choices of the proposal's own vocabulary (domain terms), used by models, forms and figures."""

from enum import nonmember

from django.db import models


class Kind(models.TextChoices):
    INDIVIDUAL = "individual", "个人"
    JOINT = "joint", "联名"
    COLLECTIVE = "collective", "集体"


class Timing(models.TextChoices):
    PLENARY = "plenary", "大会提案"
    ADJOURNED = "adjourned", "平时提案"


class CollectiveProof(models.TextChoices):
    """What shows that a collective stands behind its proposal (domain §1.2: the convener signs, or the seal)."""

    CONVENER = "convener", "召集人确认"
    SCAN = "scan", "签章原件扫描件"
    ENTERED = "entered", "提案委代录，以来件原件为准"
    EARLIER = "earlier", "此前提交，未登记"


class Recommendation(models.TextChoices):
    FILE = "file", "建议立案"
    MERGE = "merge", "建议并案"
    RETURN = "return", "建议退回修改"
    REJECT = "reject", "建议不予立案"


class Disposition(models.TextChoices):
    OPINION = "opinion", "转社情民意"
    SUGGESTION = "suggestion", "转意见建议"
    LETTER = "letter", "转来信"
    BACK = "back", "退回提案者"
    OFFLINE = "offline", "转线下渠道"
    NONE = "none", "不作处理"

    # What a rejection may choose; the offline channel has an act of its own, which removes the text.
    CHOSEN = nonmember(("opinion", "suggestion", "letter", "back", "none"))


class MergeAnswer(models.TextChoices):
    AGREE = "agree", "同意并案"
    OBJECT = "object", "有不同意见"


class AssignmentKind(models.TextChoices):
    SOLE = "sole", "独办"
    LEAD = "lead", "主办"
    ASSIST = "assist", "会办"
    SEPARATE = "separate", "分办"

    ANSWERING = nonmember(("sole", "lead", "separate"))


class Division(models.TextChoices):
    """How a proposal is handed out."""

    SOLE = "sole", "独办（一个单位办理并答复）"
    LEAD = "lead", "主办＋会办（主办单位答复）"
    SEPARATE = "separate", "分办（各单位分别答复）"


class ResultClass(models.TextChoices):
    A = "A", "A 已解决或基本解决（采纳）"
    B = "B", "B 正在解决或列入计划"
    C = "C", "C 因条件限制暂难解决，已说明情况"
    D = "D", "D 留作参考"

    # The least favourable first, as 分办 proposals are counted.
    WORST_FIRST = nonmember(("D", "C", "B", "A"))


class Verdict(models.TextChoices):
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not_adopted", "未采纳"


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Pertinence(models.TextChoices):
    TO_THE_POINT = "to_the_point", "针对"
    MOSTLY = "mostly", "基本针对"
    BESIDE = "beside", "未针对"


class Hearing(models.TextChoices):
    """How the unit heard the proposer's opinion, as the proposer says (form of domain §5.1)."""

    VISIT = "visit", "走访面谈"
    PHONE = "phone", "电话"
    OTHER = "other", "其他方式"
    NONE = "none", "没有听取"


class Quality(models.TextChoices):
    """A unit's grade for a proposal (domain §5.3)."""

    EXCELLENT = "excellent", "优"
    GOOD = "good", "良"
    FAIR = "fair", "一般"


class ContactStage(models.TextChoices):
    BEFORE = "before", "办前"
    DURING = "during", "办中"
    AFTER = "after", "办后"


class ContactMethod(models.TextChoices):
    VISIT = "visit", "走访面谈"
    MEETING = "meeting", "座谈会"
    PHONE = "phone", "电话"
    WRITING = "writing", "书面"
    DRAFT = "draft", "答复稿征求意见"
    OTHER = "other", "其他"


class Disclosure(models.TextChoices):
    PUBLIC = "public", "主动公开"
    SUMMARY = "summary", "主动公开（摘要）"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"

    # What the unit lets be published, in full or as a summary.
    OPEN = nonmember(("public", "summary"))


class SupplementStage(models.TextChoices):
    """Where the 补充答复 stands that is being written; nothing once it is told or while there is none."""

    TO_SIGN = "to_sign", "补充答复待审签"
    RETURNED = "returned", "补充答复退回修改"


class Origin(models.TextChoices):
    PORTAL = "portal", "本系统"
    LEDGER = "ledger", "台账导入"


class Entry(models.TextChoices):
    SELF = "self", "提案人自行提交"
    PROXY = "proxy", "提案委代录"


class EntrySource(models.TextChoices):
    PAPER = "paper", "纸质"
    PHONE = "phone", "电话"
    EMAIL = "email", "电子邮件"


class ProxyAnswer(models.TextChoices):
    CONFIRMED = "confirmed", "确认无误"
    DISPUTED = "disputed", "有出入"


class ChangeKind(models.TextChoices):
    AMEND = "amend", "修改文字"
    WITHDRAW = "withdraw", "撤案"


class CategorySystem(models.TextChoices):
    OVERALL = "overall", "五位一体"
    BUSINESS = "business", "业务类别"

    # The field of a proposal that holds a category of each system.
    FIELDS = nonmember(("overall_category", "business_category"))


class UrgeKind(models.TextChoices):
    REMIND = "remind", "提醒"
    URGE = "urge", "催办"
    NOTICE = "notice", "督办通知书"

    # What a person chooses; a letter is issued from its own page.
    CHOSEN = nonmember(("urge", "remind"))


class LateStep(models.TextChoices):
    """The steps of a share that have a date of their own."""

    SIGN = "sign", "签收"
    CONTACT = "first_contact", "首次联系"
    OPINION = "opinion", "会办意见"
    REPLY = "reply", "答复"


class KeyStatus(models.TextChoices):
    """Where a 重点提案 of a year stands."""

    CANDIDATE = "candidate", "候选"
    DECIDED = "decided", "已确定"
    DECLINED = "declined", "未确定"
    REVOKED = "revoked", "已撤销"

    STANDING = nonmember(("candidate", "decided"))


class SupervisionForm(models.TextChoices):
    """How a case was supervised (domain §4.1); a leader's written instruction is one way of it."""

    TALK = "talk", "协商座谈"
    SURVEY = "survey", "专题调研"
    INSPECTION = "inspection", "实地视察"
    BRIEFING = "briefing", "调度汇报"
    MEETING = "meeting", "督办会"
    VISIT = "visit", "走访"
    OTHER = "other", "其他"
    INSTRUCTION = "instruction", "批示"

    RECORDED = nonmember(("talk", "survey", "inspection", "briefing", "meeting", "visit", "other"))
