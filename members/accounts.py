"""What every request asks first, whose account it is and what the account may do, in statements that are built once."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from .prepared import Prepared


def account(pk: int):
    """The account with its person, as `select_related` would read it; None when there is none."""
    rows = OF_ONE.rows(user=pk)
    return made(rows[0]) if rows else None


def made(row: tuple):
    """The account of a row that holds `account_columns`."""
    model = get_user_model()
    person = model._meta.get_field("person").related_model
    own, theirs = columns(model), columns(person)
    user = model.from_db("default", own, row[: len(own)])
    if user.person_id is not None:
        user.person = person.from_db("default", theirs, row[len(own) :])
    return user


def columns(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def account_columns(path: str = "") -> list[str]:
    """Those of the account and then of its person, for `values_list` of rows that lead to the account by `path`."""
    model = get_user_model()
    theirs = columns(model._meta.get_field("person").related_model)
    return [f"{path}{name}" for name in (*columns(model), *(f"person__{name}" for name in theirs))]


def _statement(user: int):
    return get_user_model()._base_manager.filter(pk=user).order_by().values_list(*account_columns())


def _rights(**of):
    found = Permission.objects.filter(**of).order_by()
    return found.values_list("content_type__app_label", "codename")


OF_ONE = Prepared(_statement, user=-1)
OWN_RIGHTS = Prepared(lambda user: _rights(user=user), user=-1)
RIGHTS_BY_GROUP = Prepared(lambda user: _rights(group__user=user), user=-1)


def kept_rights(user, name: str, rights: Prepared) -> set[str]:
    """ "app.action_model" for each, kept with the user object under the name that Django gives them."""
    if not hasattr(user, name):
        setattr(user, name, {f"{app}.{codename}" for app, codename in rights.rows(user=user.pk)})
    return getattr(user, name)
