"""The items of a person that they may ask to have corrected, and how a value reads."""

from members.models import Person

# Never the name, the seat or a post: those are decided by others and registered by the staff.
CORRECTABLE = (
    "gender", "ethnicity", "born", "native_place", "party", "education", "employer", "position", "phone", "email",
)  # fmt: skip
NOTHING = "（空）"


def label(field: str) -> str:
    return str(Person._meta.get_field(field).verbose_name)


def words(field: str, value: str) -> str:
    """The value as people read it."""
    choices = dict(Person._meta.get_field(field).flatchoices)
    return str(choices.get(value, value)) if value else ""


def values(person: Person) -> dict[str, str]:
    return {field: getattr(person, field) for field in CORRECTABLE}
