"""Which account PostgreSQL runs under. What only root can try is tried where the tests run as root."""

import os
import pwd

import pytest

from xiping_cppcc.embedded import account
from xiping_cppcc.embedded.postgres import Postgres
from xiping_cppcc.embedded.refusal import CannotStart

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 才能切换账号，本次以普通账号运行")


def test_an_ordinary_user_runs_it_directly(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account.command_prefix(tmp_path / "postgres", tmp_path) == []


def test_refused_everywhere_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_reaches", lambda *_: False)
    monkeypatch.setattr(account, "own", lambda *_: None)
    with pytest.raises(CannotStart, match="请用普通账号运行"):
        account.command_prefix(tmp_path / "postgres", tmp_path)


@as_root
@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_without_user_namespaces_an_unprivileged_account_takes_over(tmp_path, monkeypatch, mode):
    monkeypatch.setattr(account, "_in_user_namespace", lambda: ["false"])
    tmp_path.chmod(mode)
    cluster = Postgres(tmp_path, durable=False)
    try:
        cluster.start()
        owner = pwd.getpwuid((tmp_path / "postgres" / "data").stat().st_uid).pw_name
        assert owner in account.UNPRIVILEGED
        assert cluster.running()
    finally:
        cluster.stop()
    assert tmp_path.stat().st_mode & 0o777 == mode


@as_root
def test_root_leaves_somebody_elses_data_to_its_owner(tmp_path):
    daemon = pwd.getpwnam("daemon").pw_uid
    (tmp_path / "postgres").mkdir(mode=0o700)
    os.chown(tmp_path / "postgres", daemon, -1)
    cluster = Postgres(tmp_path, durable=False)
    try:
        cluster.start()
        owners = {entry.name: entry.stat().st_uid for entry in (tmp_path / "postgres").iterdir()}
        assert set(owners.values()) == {daemon}
    finally:
        cluster.stop()
