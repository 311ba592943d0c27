"""The three administrator duties, which exclude each other (等保: 三员分立)."""

SYSTEM, SECURITY, AUDIT = "系统管理员", "安全管理员", "审计管理员"
ALL = (SYSTEM, SECURITY, AUDIT)


def conflict(names) -> str:
    """A sentence when more than one duty is named, else ""."""
    held = [name for name in ALL if name in set(names)]
    if len(held) < 2:
        return ""
    return f"{'、'.join(held)}不能由同一人担任，请只保留一个。"


def make_groups(*, apps=None, **kwargs) -> None:
    """The Django groups that carry the duties; made after every `migrate`."""
    if apps is not None and "group" not in apps.all_models["auth"]:
        return
    from django.contrib.auth.models import Group

    missing = set(ALL) - set(Group.objects.filter(name__in=ALL).values_list("name", flat=True))
    Group.objects.bulk_create(Group(name=name) for name in ALL if name in missing)
