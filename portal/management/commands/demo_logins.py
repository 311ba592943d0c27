"""Print the demonstration log-ins, one for each role."""

from django.core.management.base import BaseCommand

from members.models import User
from portal.demo.logins import PASSWORD, ROLES


class Command(BaseCommand):
    help = "列出演示账号（仅演示数据库中存在）。"

    def handle(self, **options):
        users = {u.username: u for u in User.objects.filter(username__in=ROLES).select_related("person")}
        shown = [name for name in ROLES if name in users and users[name].check_password(PASSWORD)]
        if not shown:
            self.stdout.write("没有演示账号。请用管理员为您开通的账号登录。")
            return
        self.stdout.write(f"演示账号（密码均为 {PASSWORD}）：")
        for name in shown:
            self.stdout.write(f"  {name:<10}{ROLES[name]}：{users[name].person.name}")
