"""提案线索 of the present session: some to screen, some offered, one declined, one sent on."""

from datetime import timedelta

from members.query_codes import code_hash
from proposals.acts import LeadAct
from proposals.lead_states import LeadState
from proposals.models import Category, Lead, LeadCollection, LeadSource, NumberSeries
from workflow.histories import History

DEMO_CODE = "DEMQ234567"  # the same for every demonstration lead
DECLINE, REDIRECT = (LeadAct.DECLINE, LeadState.DECLINED), (LeadAct.REDIRECT, LeadState.REDIRECTED)  # fmt: skip
# title, text, place, and what became of it: the category in which it is offered, an act, or nothing yet
LEADS = (
    ("学校门口缺少过街斑马线", "县第三小学门口上下学时段车多人挤，路面没有斑马线和减速带，家长很担心。", "柏城街道", "城乡建设与管理"),
    ("农村公交末班车太早", "几个乡镇的公交末班车下午五点就停，在县城上班的人赶不上。", "二郎镇", "城乡建设与管理"),
    ("老旧小区充电桩太少", "小区电动车飞线充电多，希望增设集中充电的地方。", "柏亭街道", "民生与社会保障"),
    ("乡镇卫生院缺口腔科", "老人看牙要跑县城，希望在中心卫生院增设口腔科。", "五沟营镇", "教科文卫体"),
    ("公园晚上照明不足", "健身步道有一段没有路灯，晚上散步容易摔倒。", "柏苑街道", None),
    ("沿河垃圾清理不及时", "河边垃圾堆放时间长，夏天气味大。", "出山镇", None),
    ("增加农忙时节的烘干点", "连阴雨时玉米没有地方烘干，群众损失大。", "权寨镇", None),
    ("邻居占用宅基地", "和邻居的宅基地纠纷多年没有解决。", "", REDIRECT),
    ("建议修一条高速公路", "希望国家在本县增加一条高速公路。", "", DECLINE),
)  # fmt: skip


def fill(county, moment) -> int:
    """The leads with their events; returns how many events."""
    session = county.sessions[-1]
    collection = LeadCollection.objects.create(
        session=session, opens=moment - timedelta(days=24, hours=16), closes=moment + timedelta(days=34, hours=18)
    )
    history = History()
    leads = [_lead(collection, history, county, n, moment, one) for n, one in enumerate(LEADS, start=1)]
    Lead.objects.bulk_create(leads)
    NumberSeries.objects.create(name=f"lead:{moment.year}", last=len(leads))
    return history.write()


def _lead(collection, history: History, county, n: int, moment, given: tuple) -> Lead:  # noqa: PLR0913
    title, text, place, outcome = given
    at, receipt = moment - timedelta(days=24 - 2 * n, hours=-8 - n), f"XS{moment.year}-{n:04d}"
    lead = Lead(
        collection=collection, receipt=receipt, code_hash=code_hash(receipt, DEMO_CODE), form_key=f"demo-{n}",
        source=LeadSource.PUBLIC, title=title, description=text, place=place, received_at=at,
    )  # fmt: skip
    history.note(lead, LeadAct.BRING, None, at, LeadState.WAITING)
    if outcome is None:
        return lead
    act, state = (LeadAct.OFFER, LeadState.OFFERED) if isinstance(outcome, str) else outcome
    if act == LeadAct.OFFER:
        lead.shown_title, lead.shown_description = title, text
        lead.category = Category.objects.get(system="business", name=outcome)
    elif act == LeadAct.DECLINE:
        lead.decline_reason, lead.answer = "excluded", "所提事项超出本县的职权，不在征集范围。"
    else:
        lead.channel, lead.answer = "县信访局", "属于个人诉求，请按信访渠道反映。"
    history.note(lead, act, county.user(county.staff[0]), at + timedelta(days=1), state, reason=lead.answer)
    return lead
