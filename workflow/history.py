"""Field-level history by triggers, for everything that is not a case (people, organizations, rules).

Triggers, so that bulk updates and raw SQL leave a trace too.
"""

import pghistory


def tracked(*, exclude: tuple[str, ...] = (), also: tuple[str, ...] = ()):
    """Class decorator: every insert, update and delete of the model's rows is kept with its context.

    `also`: labels of deeds that no column shows; code notes them by `pghistory.create_event`. The model
    names them in Chinese in HISTORY_ACTIONS.
    """
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(),
        *(pghistory.ManualEvent(label) for label in also),
        exclude=list(exclude) or None,
    )  # fmt: skip


def tracked_link(owner: str, app_label: str):
    """Class decorator for a proxy of a many-to-many table: each link made or cut is kept, as history of `owner`."""

    def decorate(model):
        model.history_owner = owner
        return pghistory.track(
            pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, app_label=app_label,
        )(model)  # fmt: skip

    return decorate
