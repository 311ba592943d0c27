"""What is done with an announcement."""

from enum import StrEnum


class Act(StrEnum):
    BEGIN = "begin"
    PUBLISH = "publish"
    REMIND = "remind"
    ADD = "add"
    WITHDRAW = "withdraw"
    DROP = "drop"
