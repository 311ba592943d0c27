"""The demonstration log-ins that `make run` prints: one for each role, with one shared password."""

from django.contrib.auth.hashers import make_password

from members.models import User

from . import opinions

PASSWORD = "Xiping-2026"  # printed openly; exists in demonstration data only

# account name → who it is, in the order in which the procedure needs them
ROLES = {
    "weiyuan": "委员（提案人）",
    "lianming": "委员（联名人）",
    "jiti": "集体提案联系人",
    "zhaoji": "集体提案召集人",
    "shencha": "提案委审查员",
    "tianwei": "提案委工作人员",
    "zhuren": "提案委主任（审定）",
    "bangong": "政协办公室（年度协商计划）",
    "zhuanwei": "专委会（农业和农村委员会）",
    "ducha": "交办机构（县政府督查室）",
    "ducha2": "交办机构（县委督查室）",
    "danwei": "承办单位经办人（县教育局）",
    "lingdao": "承办单位领导（县教育局）",
    "huiban": "承办单位经办人（县财政局）",
    "huibanld": "承办单位领导（县财政局）",
    "yishi": "议事室召集人（盆尧镇）",
    "xianzhang": "县级领导（县长，领办重点提案）",
    "fuzhuxi": "政协领导（副主席，督办重点提案、签发社情民意）",
    "xinxi": "信息编辑（县政协办公室）",
    "shenhe": "办公室主任（审核社情民意）",
    "xinxiyuan": "特邀信息员",
    "xitong": "系统管理员",
    "anquan": "安全管理员",
    "shenji": "审计管理员",
}


def give(county) -> None:
    """Rename the chosen accounts and give them the printed password."""
    chosen = _people(county)
    password = make_password(PASSWORD)
    for name, person in chosen.items():
        user = county.user(person)
        user.username, user.password = name, password
    User.objects.bulk_update([county.user(p) for p in chosen.values()], ["username", "password"])


def are_there() -> bool:
    """The demonstration county has been filled into this database."""
    return User.objects.filter(username__in=ROLES).count() == len(ROLES)


def _people(county) -> dict:
    education = county.organizations["unit:县教育局"].pk
    finance = county.organizations["unit:县财政局"].pk
    return {
        "weiyuan": county.featured[0],
        "lianming": county.featured[1],
        "jiti": next(who for body, who in county.collectives if body.kind == "peoples"),
        "zhaoji": next(county.conveners[body.pk] for body, _who in county.collectives if body.kind == "peoples"),
        "shencha": county.reviewers[0],
        "tianwei": county.staff[0],
        "zhuren": county.heads[0],
        "bangong": county.house["县政协办公室"],
        "zhuanwei": county.house["农业和农村委员会"],
        "ducha": county.dispatchers["government"],
        "ducha2": county.dispatchers["party"],
        "danwei": county.operators[education],
        "lingdao": county.leaders[education],
        "huiban": county.operators[finance],
        "huibanld": county.leaders[finance],
        "yishi": county.leaders[county.organizations["unit:盆尧镇"].pk],
        "xianzhang": county.county_leaders[1],
        "fuzhuxi": county.members[1],
        **opinions.logins(county),
        "xitong": county.administrators["系统管理员"],
        "anquan": county.administrators["安全管理员"],
        "shenji": county.administrators["审计管理员"],
    }
