"""Everything held about a person, part by part. Apps above register their parts in ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from axes.models import AccessLog
from django.utils import timezone

from documents.models import Attachment
from members.models import BrowserLogin, Consent, DataExport, DeviceToken, Person, User
from members.profile.fields import label, words
from workflow.models import Event

from . import reveals

Rows = Iterable[list]


@dataclass(frozen=True)
class Part:
    """A table of the copy: `rows(person, user)` gives its lines; `user` is None for people without an account."""

    title: str
    columns: tuple[str, ...]
    rows: Callable[[Person, User | None], Rows]


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    _parts[part.title] = part


def parts() -> list[Part]:
    return list(_parts.values())


def time(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


PERSONAL = (
    "name", "gender", "ethnicity", "born", "native_place", "party", "education", "employer", "position", "phone", "email",
)  # fmt: skip


def _person(person: Person, user) -> Rows:
    return [[label(field), words(field, getattr(person, field))] for field in PERSONAL]


def _seats(person: Person, user) -> Rows:
    rows = person.seats.for_list().order_by("starts")
    return [
        [str(s.term), s.number, str(s.sector or ""), str(s.group or ""), s.get_seat_kind_display(), s.starts.isoformat(),
         s.ends.isoformat() if s.ends else "", s.get_end_reason_display()]
        for s in rows
    ]  # fmt: skip


def _posts(person: Person, user) -> Rows:
    rows = person.appointments.select_related("organization").order_by("starts")
    return [
        [
            p.organization.name,
            p.title or p.get_post_display(),
            p.starts.isoformat(),
            p.ends.isoformat() if p.ends else "",
        ]
        for p in rows
    ]


def _account(person: Person, user: User | None) -> Rows:
    """Never a password, a token or what is made from them."""
    if user is None:
        return []
    duties = "、".join(user.groups.values_list("name", flat=True))
    return [
        ["账号", user.username], ["登录手机", user.phone or ""], ["启用", "是" if user.is_active else "否"],
        ["开通时间", time(user.date_joined)], ["最近登录", time(user.last_login)], ["管理员职责", duties],
    ]  # fmt: skip


def _devices(person: Person, user: User | None) -> Rows:
    rows = DeviceToken.objects.filter(user=user) if user else []
    return [[d.name, time(d.created), time(d.seen_at), time(d.expiry)] for d in rows]


def _log_ins(person: Person, user: User | None) -> Rows:
    """Kept under the account's name, also those by phone; a phone may have been another account's name."""
    rows = (
        AccessLog.objects.filter(username=user.username, attempt_time__gte=user.date_joined)
        if user
        else AccessLog.objects.none()
    )
    return [
        [time(r.attempt_time), time(r.logout_time), r.ip_address or "", r.user_agent]
        for r in rows.order_by("-attempt_time")
    ]


def _browsers(person: Person, user: User | None) -> Rows:
    rows = BrowserLogin.objects.filter(user=user) if user else []
    return [[b.program, time(b.started_at), b.ip or ""] for b in rows]


def _delegations(person: Person, user) -> Rows:
    given = person.delegations_given.select_related("secretary")
    held = person.delegations_held.select_related("grantor")
    rows = [*(("授权他人代我起草", d.secretary, d) for d in given), *(("我代他人起草", d.grantor, d) for d in held)]
    return [[way, str(other), time(d.granted_at), d.starts.isoformat(), d.ends.isoformat() if d.ends else ""] for way, other, d in rows]  # fmt: skip


def _consents(person: Person, user) -> Rows:
    rows = Consent.objects.filter(person=person).order_by("pk")
    return [[time(c.at), c.get_kind_display(), "同意" if c.given else "不同意", c.version, c.ip or ""] for c in rows]


def _changes(person: Person, user) -> Rows:
    return [
        [time(c.requested_at), c.label, words(c.field, c.old), words(c.field, c.new), c.get_outcome_display(), c.reason]
        for c in person.profile_changes.order_by("pk")
    ]


def _reveals(person: Person, user) -> Rows:
    return [[time(r.at), str(r.user), r.page] for r in reveals.of_person(person)]


def _exports(person: Person, user) -> Rows:
    return [[time(e.at), e.ip or ""] for e in DataExport.objects.filter(person=person).order_by("pk")]


def _files(person: Person, user: User | None) -> Rows:
    rows = Attachment.objects.filter(uploaded_by=user).order_by("created_at") if user else []
    return [[f.name, f.size, time(f.created_at)] for f in rows]


def _acts(person: Person, user: User | None) -> Rows:
    rows = Event.objects.filter(actor=user).order_by("pk") if user else Event.objects.none()
    columns = rows.values_list("happened_at", "label", "capacity", "ip")
    return [[time(at), act, capacity, ip or ""] for at, act, capacity, ip in columns]


def register_own() -> None:
    """The parts of members and of the layers below, which cannot register themselves."""
    for part in (
        Part("个人资料", ("项目", "内容"), _person),
        Part("委员席位", ("届", "委员编号", "界别", "委员组", "席位", "开始", "结束", "结束原因"), _seats),
        Part("任职", ("机构", "职务", "开始", "结束"), _posts),
        Part("起草授权", ("方向", "对方", "授权时间", "开始", "结束"), _delegations),
        Part("账号", ("项目", "内容"), _account),
        Part("登录设备", ("设备", "登录时间", "最近使用", "到期"), _devices),
        Part("浏览器登录", ("浏览器", "登录时间", "地址"), _browsers),
        Part("登录记录", ("登录时间", "退出时间", "地址", "浏览器"), _log_ins),
        Part("同意记录", ("时间", "事项", "选择", "说明版本", "地址"), _consents),
        Part("资料更正申请", ("申请时间", "项目", "原内容", "申请改为", "结果", "理由"), _changes),
        Part("谁看过我的联系方式", ("时间", "查看人", "所在页面"), _reveals),
        Part("数据导出记录", ("时间", "地址"), _exports),
        Part("上传的文件", ("文件名", "大小（字节）", "上传时间"), _files),
        Part("我办理的操作", ("时间", "操作", "身份", "地址"), _acts),
    ):
        register(part)
