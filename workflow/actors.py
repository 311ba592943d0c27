"""Who acts: a user of the portal or the portal itself."""


class System:
    """The portal acting by itself: closing by date, parent cases, ledger import."""

    pk = None
    is_authenticated = True
    is_active = True
    role = "system"

    def __str__(self) -> str:
        return "系统"


SYSTEM = System()


def is_system(actor) -> bool:
    return actor is SYSTEM
