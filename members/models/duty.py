from workflow.history import tracked_link

from .user import User


@tracked_link("user", app_label="members")
class Duty(User.groups.through):
    """An administrator duty of an account. Django keeps it as a group; its history is kept like a field's."""

    class Meta:
        proxy = True
        verbose_name = "管理员职责"
        verbose_name_plural = "管理员职责"
