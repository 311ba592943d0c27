"""Who may register what gives rights in this portal. The one place of these rules.

Nobody gives rights to themselves, and posts that open the admin or the view of a leader are registered by
the 系统管理员 or the 安全管理员 only. No administrator gets at the accounts of all three
duties. Each function returns the refusal's sentence, "" when the way is free.
"""

from datetime import date

from .duties import AUDIT, SECURITY, SYSTEM
from .models import Appointment, Organization, OrganizationKind, Post
from .posts import ADMIN_KINDS, ADMIN_POSTS, posts_of

RIGHTS_KINDS = {*ADMIN_KINDS, OrganizationKind.LEADERSHIP}
ASK = "请联系系统管理员或安全管理员办理。"
OWN_POST = "不能登记或修改您本人的任职，请由其他管理人员办理。"
OWN_SEAT = "不能登记或修改您本人的委员席位，请由其他管理人员办理。"
OWN_PERSON = "本人资料请在“我的资料”里申请更正，由其他工作人员核对。"
OWN_ACCOUNT = "不能修改您本人的账号，请由其他管理员办理；改密码请点页面右上角的“修改密码”。"
RIGHTS_POST = f"提案委、政协机关、交办机构的负责人、工作人员、审查员和县级领导的任职带有使用权限，由系统管理员或安全管理员登记。{ASK}"
RIGHTS_BODY = f"机构的类型、代码和交办机构所管的系统决定使用权限，由系统管理员或安全管理员修改。{ASK}"

SUPERUSER = "拥有全部权限的账号只能由同样的账号办理，请联系负责安装维护的人员。"

# 三员分立: whoever sets the password of an account, or blocks it, holds its duty. So one duty keeps the other.
KEEPERS = {SYSTEM: SECURITY, SECURITY: SYSTEM, AUDIT: SECURITY}


def carries_rights(appointment: Appointment) -> bool:
    kind = appointment.organization.kind
    return kind == OrganizationKind.LEADERSHIP or (kind in ADMIN_KINDS and appointment.post in ADMIN_POSTS)


def may_give_rights(user) -> bool:
    return user.is_superuser or bool({SYSTEM, SECURITY} & set(posts_of(user).duties))


def appointment_refusal(user, *versions: Appointment) -> str:
    """`versions`: the appointment as it is and as it shall be."""
    if any(_is_own(user, version.person_id) for version in versions):
        return OWN_POST
    guarded = any(carries_rights(version) for version in versions)
    return RIGHTS_POST if guarded and not may_give_rights(user) else ""


def seat_refusal(user, *person_ids: int | None) -> str:
    return OWN_SEAT if any(_is_own(user, pk) for pk in person_ids) else ""


def person_refusal(user, person) -> str:
    return OWN_PERSON if _is_own(user, person.pk) else ""


def account_refusal(user, account) -> str:
    return OWN_ACCOUNT if account.pk == user.pk and not user.is_superuser else ""


def acting_refusal(user, account, ordinary=(SYSTEM,)) -> str:
    """One-time passwords, resets and switching. `ordinary`: whose business an account without a duty is."""
    if user.is_superuser:
        return ""
    if account.is_superuser:
        return SUPERUSER
    carried = {group.name for group in account.groups.all()} & set(KEEPERS)
    mine, keepers = set(posts_of(user).duties), {KEEPERS[duty] for duty in carried}
    if (keepers <= mine) if carried else (mine & set(ordinary)):
        return ""
    whose = f"{'、'.join(sorted(carried))}的账号" if carried else "没有管理员职责的账号"
    whom = "和".join(sorted(keepers)) if carried else "或".join(ordinary)
    return f"{whose}由{whom}办理，请联系{whom}。"


def both_posts(appointment: Appointment) -> str:
    """A warning where one person writes and signs for one unit; "" otherwise.

    Not refused: two people may stand in for each other in a small unit. What one of them wrote, the engine lets
    only the other sign (design §6 办).
    """
    other = {Post.OPERATOR: Post.UNIT_LEADER, Post.UNIT_LEADER: Post.OPERATOR}.get(appointment.post)
    if other is None:
        return ""
    rows = Appointment.objects.filter(
        person=appointment.person_id, organization=appointment.organization_id, post=other
    )
    if not rows.overlapping(appointment.starts, appointment.ends or date.max).exists():
        return ""
    who, body = appointment.person, appointment.organization
    return f"{who}同时是{body}的经办人和单位领导。自己报送的答复不能由自己审签，请确认{body}另有一位经办人或单位领导。"


def organization_refusal(user, before: Organization | None, after: Organization) -> str:
    """Changing what makes an organization one whose posts carry rights is like giving them."""
    if may_give_rights(user):
        return ""
    return RIGHTS_BODY if _rights_of(before) != _rights_of(after) else ""


def _rights_of(body: Organization | None) -> tuple:
    if body is None or body.kind not in RIGHTS_KINDS:
        return ((body.code or "") if body else "",)
    return (body.code or "", body.kind, body.system)


def _is_own(user, person_id: int | None) -> bool:
    return person_id is not None and person_id == user.person_id and not user.is_superuser
