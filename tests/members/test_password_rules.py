"""The two password policies (quality: 等保 by default, ASVS by choice)."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone

from members import one_time, password_rules, passwords
from members.models import User
from tests.factories import county as make
from tests.factories import people

WITHOUT_CLASSES = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}}
]


@pytest.mark.parametrize("password", ["Begonia-2026", "begonia-2026", "BEGONIA2026x", "春天的雨2026xp"])
def test_three_kinds_are_enough(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["begoniabegonia", "begonia20262026", "春天的雨春天的雨春天", "春天的雨-2026好", "中aaaaaaaaaa", "中1111111111"],
)
def test_fewer_are_refused_with_what_is_wanted(password):
    with pytest.raises(ValidationError, match="大写字母、小写字母、数字、符号中至少要有三种，汉字算符号。"):
        validate_password(password)


@override_settings(AUTH_PASSWORD_VALIDATORS=WITHOUT_CLASSES)
def test_asvs_asks_for_length_only():
    validate_password("begoniabegonia")


@pytest.mark.django_db
def test_only_staff_change_theirs_and_only_when_it_is_old(settings):
    c = make.county()
    long_ago = timezone.now() - timedelta(days=91)
    User.objects.update(password_changed_at=long_ago)

    def expired(user) -> bool:
        return password_rules.must_change(User.objects.get(pk=user.pk))

    assert [expired(user) for user in (c.staff, c.dispatch, c.author, c.operator)] == [True, True, False, False]
    User.objects.update(password_changed_at=long_ago + timedelta(days=2))
    assert expired(c.staff) is False
    User.objects.update(password_changed_at=None, date_joined=long_ago)
    assert expired(c.staff) is True
    settings.PASSWORD_DAYS = 0
    assert expired(c.staff) is False


@pytest.mark.django_db
def test_an_old_password_opens_one_page_only(client):
    c = make.county()
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    client.force_login(c.staff, "members.backends.AppointmentBackend")
    assert client.get("/")["Location"] == "/password/"
    assert "密码已超过 90 天" in client.get("/password/").content.decode()
    c.staff.set_password("Begonia-2026-xp")
    passwords.change(c.staff, "Begonia-2026-xp", "Camellia-2027-xp")
    client.force_login(c.staff, "members.backends.AppointmentBackend")
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_a_one_time_password_is_strong_enough_for_its_day():
    password = one_time.give(people.user("丁一"))
    assert len(password) == 14
