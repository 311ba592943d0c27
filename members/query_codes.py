"""The code with which somebody without an account asks what became of what they brought; only its hash is kept."""

import hashlib

from django.utils.crypto import constant_time_compare, salted_hmac

# Without what is easily confused: 0 and O, 1 and I and L.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
NOBODYS = "0" * 64


def code_of_form(form_key: str) -> str:
    """The code of what was sent with this form: the same when it is sent twice, so that a double click loses no code.

    Whoever knows neither the form's key nor SECRET_KEY cannot tell it from a random one.
    """
    number = int.from_bytes(salted_hmac("members.query_codes", form_key, algorithm="sha256").digest())
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(CODE_LENGTH))


def code_hash(receipt: str, code: str) -> str:
    """What is kept of a code; the number in it makes equal codes look different."""
    return hashlib.sha256(f"{receipt}:{code}".encode()).hexdigest()


def plain(code: str) -> str:
    """A code as it was made, however people write it down."""
    return code.strip().upper().replace("-", "").replace(" ", "")


def spaced(code: str) -> str:
    """A code as it is told: in two halves."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def is_right(kept: str, receipt: str, code: str) -> bool:
    """`kept`: the hash, NOBODYS for an unknown number, which takes as long as a wrong code."""
    return constant_time_compare(kept, code_hash(receipt, plain(code))) and kept != NOBODYS
