"""By which title a report is known to those who may not read what its author wrote."""

import pytest

from opinions import telling
from opinions.acts import Act, TransferAct
from opinions.compared import KIND, similar_to
from search.similar import refresh
from tests.factories import opinions as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def test_a_title_that_names_the_citizen_comes_back_to_no_unit(c, o, browse):
    """The unit had the edited title; edited anew or kept, the report is not called by its author's in the unit's list."""
    one = make.editing(c, on_behalf=True, citizen_name="王大娘", title="王大娘家停水三天")
    perform(Act.EDIT, one, o.editor, make.edited(one, title="一户居民家停水三天"))
    part = make.handed_over(c, make.fresh(one))
    perform(TransferAct.SIGN_FOR, part, c.operator)
    perform(TransferAct.REPLY, part, c.operator, make.REPLY)
    perform(TransferAct.CHECK, part, o.editor)
    for act in (Act.RESUME, Act.KEEP):
        perform(act, make.fresh(one), o.editor, {"reason": "留存"})
        pages = [browse(c.operator).get(url).content.decode() for url in ("/opinions/", one.get_absolute_url())]
        assert [("王大娘" in page, "一户居民家停水三天" in page) for page in pages] == [(False, True)] * 2
        url = one.get_absolute_url()
        assert telling.titles(c.operator, [url]) == {url: "一户居民家停水三天"}


def test_the_title_of_what_was_united_was_never_printed(c):
    main, other = make.united(c)
    refresh(KIND)
    found = {similar.title for similar in similar_to(c.other_member, other.title, make.TEXT["situation"])}
    assert found == {main.edited_title, ""}
