"""The county's own consultation plan of 2025 (published topics) and the words of the demonstration around it."""

from dataclasses import dataclass

STANDING, SURVEY, SUPERVISION, INSPECTION = "专题议政性常委会", "专题调研", "协商式民主监督", "界别视察"
ECO, FARM, CARE, LAW, CULT = (
    "经济委员会", "农业和农村委员会", "教科卫体委员会", "社会和法制委员会", "文化文史和学习委员会",
)  # fmt: skip
PROPOSALS = "提案委员会"


@dataclass(frozen=True)
class Theme:
    """`stage`: how far the topic has come."""

    title: str
    kind: str
    form: str
    month: int
    lead: str
    units: tuple[str, ...]
    stage: str


def T(title, kind, form, month, lead, units, stage):  # noqa: N802, PLR0913 - reads as a table
    return Theme(title, kind, form, month, lead, tuple(units.split()), stage)


# fmt: off
PLAN_2025 = (
    T("建设农业旺县，破解产业弱小化", STANDING, "standing", 6, FARM, "县农业农村局 县发展改革委 县工业和信息化局", "tracking"),
    T("文物保护和利用", SURVEY, "survey", 4, CULT, "县文化广电旅游局", "closed"),
    T("推进中西医结合", SURVEY, "survey", 5, CARE, "县卫生健康委 县医疗保障局", "tracking"),
    T("全县“八五”普法", SURVEY, "survey", 7, LAW, "县司法局 县委宣传部", "signing"),
    T("“有事好商量”平台建设及作用发挥", SURVEY, "survey", 9, LAW, "县委统战部 县委社会工作部", "asking"),
    T("加快产权制度改革", SURVEY, "survey", 10, FARM, "县农业农村局 县自然资源局", "noticing"),
    T("持续优化营商环境", SUPERVISION, "supervision", 5, ECO, "县政务服务和大数据局 县市场监管局", "tracking"),
    T("企业满意率调查", SUPERVISION, "supervision", 11, ECO, "县发展改革委 县工业和信息化局", "waiting"),
    T("乡镇社会治安技防建设", SUPERVISION, "supervision", 8, LAW, "县公安局 县委政法委", "held"),
    T("民生实事暨重点提案办理", SUPERVISION, "supervision", 12, PROPOSALS, "县发展改革委 县财政局", "waiting"),
    T("移风易俗文明乡风", INSPECTION, "inspection", 4, CULT, "县委宣传部 县民政局", "closed"),
    T("“文艺两新”（新组织、新群体）", INSPECTION, "inspection", 11, CULT, "县委宣传部 县文化广电旅游局", "waiting"),
    T("呵护学生健康成长", INSPECTION, "inspection", 9, CARE, "县教育局 县卫生健康委", "answering"),
)
# fmt: on
NEXT = (
    T("推进“十县建设”，壮大县域经济", STANDING, "standing", 6, ECO, "县发展改革委 县商务局", ""),
    T("破解农村“十化”问题", SURVEY, "survey", 5, FARM, "县农业农村局 县民政局", ""),
    T("城乡供水一体化", SUPERVISION, "supervision", 8, FARM, "县水利局 县财政局", ""),
    T("乡镇卫生院服务能力", INSPECTION, "inspection", 9, CARE, "县卫生健康委", ""),
)
AIM = (
    "以习近平新时代中国特色社会主义思想为指导，锚定“四高四争先”，围绕“凝心聚力、实干兴西”，聚焦“十县建设”和民生实事"
    "开展协商，做到议题和形式相适应、协商于决策之前和决策实施之中。"
)
DUTIES = (
    "各承办专委会要制定工作方案，明确牵头领导、调研安排和时间节点。\n协办单位要按时提供材料，派负责人到会通报情况、解答问题。\n"
    "协商成果由政协办公室报送县委、县政府，逐条交办，跟踪问效，年底汇总通报。"
)
ATTENDING = "政协常委、有关界别委员、有关部门负责人"
SCHEME = (
    "一、成立调研组，赴乡镇和部门实地调研。\n二、召开座谈会，听取部门、企业和群众意见。\n三、形成成果报送县委、县政府。"
)
FINDINGS = "调研组实地察看了现场，召开座谈会，听取部门、企业和群众意见。总体进展较好，存在投入不足、管护机制不健全、部门配合不够等问题。"
SUMMARY = (
    "与会人员认为，工作取得明显成效，但仍有短板。会议形成共识：一要明确责任单位和时限；二要加大投入；三要建立长效机制。"
)
OUTCOME = "按照年度协商计划，县政协组织委员开展了专题调研和协商，现将有关情况和建议报告如下。\n一、基本情况。各有关单位做了大量工作，成效明显。\n二、存在的问题。投入不足，机制不健全，部门配合还不够紧密。"
OPINIONS = (
    ("投入保障", "建议把所需经费列入年度预算，并向基础薄弱的乡镇倾斜。"), ("长效机制", "建议明确责任人，每季度通报一次进展。"),
    ("", "建议多听一线群众的意见，先解决反映最集中的问题。"),
)  # fmt: skip
RECOMMENDATIONS = (
    "列入年度预算，落实专项经费",
    "明确责任单位和完成时限，按季度通报进展",
    "建立部门联席会议制度，每半年研究一次",
)
IDEAS = (
    ("关于加强农村道路管护的建议", "通村道路重车碾压损毁较重，雨后通行困难。"),
    ("关于增加城区停车位的建议", "学校、医院周边停车难，群众反映多。"),
    ("关于发展老年助餐的建议", "独居、高龄老人做饭难，助餐点覆盖不足。"),
)  # fmt: skip
