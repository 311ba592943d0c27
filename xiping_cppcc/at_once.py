"""A migration's new tables made when all of them are known.

Django makes all models around a new one anew for each table that a migration adds: of the first start's 26 seconds, ten
went into models that nobody used.
"""

from django.db.migrations.operations.base import Operation, OperationCategory


class AtOnce(Operation):
    """New models and their triggers. Nothing in it may change what another part of it made."""

    category = OperationCategory.ADDITION

    def __init__(self, operations: list[Operation]):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # made anew, once, when the first table is
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """The last one first. A trigger goes while its table is still there, and that only `from_state` knows."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self) -> str:
        return "；".join(operation.describe() for operation in self.operations)

    @property
    def migration_name_fragment(self) -> str:
        return "at_once"
