"""The whole chain once, and what must hold of it (issue 6: the invariants of the plan and of what came of it)."""

import pytest

from tests.factories import consultations as make
from workflow.engine import perform


def test_every_act_of_the_tables(c, django_assert_max_num_queries):
    said = {}
    def do(act, case, actor, data=None):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        with CaptureQueriesContext(connection) as got:
            perform(act, case, actor, data)
        said[f"{case.process_name}.{act}"] = len(got)
    make.every_act(do, c)
    print("\n".join(f"{n:3} {k}" for k, n in sorted(said.items(), key=lambda p: -p[1])))
    assert 0
