"""What the words in a roster mean."""

from members.models import Gender, SeatKind

GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE, "男性": Gender.MALE, "女性": Gender.FEMALE}
SEAT_KINDS = {
    "委员": SeatKind.MEMBER, "政协委员": SeatKind.MEMBER, "常委": SeatKind.STANDING, "常务委员": SeatKind.STANDING,
    "秘书长": SeatKind.SECRETARY, "副主席": SeatKind.VICE_CHAIR, "主席": SeatKind.CHAIR, "政协主席": SeatKind.CHAIR,
    "政协副主席": SeatKind.VICE_CHAIR, "政协常委": SeatKind.STANDING,
}  # fmt: skip
COMMITTEE_TITLES = ("主任", "副主任", "专职副主任", "兼职副主任", "委员", "成员", "秘书", "副主任委员", "主任委员")
SAME, OTHER = "同一人", "另一人"
NAMESAKES = {
    "同一人": SAME,
    "是": SAME,
    "同一个人": SAME,
    "另一人": OTHER,
    "不是": OTHER,
    "新": OTHER,
    "另一个人": OTHER,
    "新委员": OTHER,
}
