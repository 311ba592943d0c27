"""The strict policy stands on every kind of page, the admin included."""

import pytest

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/admin/login/", "/healthz", "/nowhere/"])
def test_policy(client, path):
    header = client.get(path)["Content-Security-Policy"]
    assert dict(part.strip().split(" ", 1) for part in header.split(";") if part.strip()) == POLICY
    assert "unsafe" not in header


@pytest.mark.django_db
def test_other_headers(client):
    answer = client.get("/healthz")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
