import stat
from concurrent.futures import ThreadPoolExecutor

from xiping_cppcc.secret import kept_secret


def test_made_once_and_private(tmp_path):
    file = tmp_path / "new" / "secret_key"
    first = kept_secret(file)
    assert kept_secret(file) == first
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_two_that_start_at_once_have_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(kept_secret, [tmp_path / "secret_key"] * 8))
    assert len(keys) == 1
