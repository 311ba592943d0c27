"""What the first page of a phone on a slow line has to fetch."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

BUDGET = 200 * 1024


@pytest.mark.django_db
def test_first_load_is_under_200_kb_compressed(client):
    page = client.get("/login/").content
    assets = re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode())
    files = [
        Path(finders.find(name)).read_bytes() for name in dict.fromkeys([*assets, "img/icons.svg", "img/petals.svg"])
    ]
    assert sum(len(gzip.compress(content)) for content in [page, *files]) < BUDGET
