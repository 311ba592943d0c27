"""The forms by which a matter comes in, and by which a citizen asks and rates."""

from django import forms
from django.core.exceptions import ValidationError

from grassroots import rights
from grassroots.kinds import Level, Source
from grassroots.models import Venue
from grassroots.models.matter import TEXT_MAX, TITLE_MAX
from members.personal_numbers import MOBILE, bare_phone
from members.posts import Posts
from workflow.forms import WrittenField

NOT_TAKEN = (
    "信访、诉讼、仲裁事项",
    "举报、投诉个人",
    "个人之间的债务和纠纷",
    "国家秘密、商业秘密和个人隐私",
    "组织人事安排",
)


class VenueField(forms.ModelChoiceField):
    """Rooms under their townships."""

    def __init__(self, **more):
        super().__init__(queryset=Venue.objects.none(), empty_label="请选择", **more)

    def offer(self, rows) -> None:
        self.queryset = rows
        groups: dict[str, list] = {}
        for venue in rows.for_list().order_by("township__order", "organization__order", "pk"):
            name = Level.COUNTY.label if venue.township_id is None else str(venue.township)
            groups.setdefault(name, []).append((venue.pk, str(venue)))
        self.choices = [("", "请选择"), *groups.items()]


class MatterForm(forms.Form):
    venue = VenueField(label="向哪个议事室提交", help_text="选您所在乡镇（街道）的，找不到的选县级。")
    title = forms.CharField(label="什么事", max_length=TITLE_MAX, help_text="一句话说清，一次只说一件事。")
    text = WrittenField(
        label="情况和您的想法", max_length=TEXT_MAX, rows=8, strip=True,
        help_text="什么时候、在哪里、什么情况，希望怎样解决。请不要写身份证号和别人的电话。",
    )  # fmt: skip
    place = forms.CharField(label="具体地点", max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["venue"].offer(self.venues())

    def venues(self):
        return Venue.objects.taking()


class CitizenForm(MatterForm):
    contact_name = forms.CharField(label="怎样称呼您", max_length=20, required=False)
    contact_phone = forms.CharField(
        label="联系电话", max_length=20, required=False,
        help_text="可以不留。留下的称呼和电话只有议事室的召集人、联络员能看到，不公开，办结一段时间后删除。",
    )  # fmt: skip
    is_public_matter = forms.BooleanField(label="这是大家的事，不属于上面所列不受理的事项")

    def clean_contact_phone(self) -> str:
        return checked_phone(self.cleaned_data["contact_phone"])


class InsideForm(MatterForm):
    """With an account: one's own, an authority's, or entered for a citizen who came in person."""

    source = forms.ChoiceField(label="谁提出的", choices=[], widget=forms.RadioSelect)
    contact_name = forms.CharField(
        label="群众的称呼", max_length=20, required=False, help_text="代群众录入时填写，可不填。"
    )
    contact_phone = forms.CharField(
        label="群众的电话", max_length=20, required=False, help_text="代群众录入时填写，可不填。"
    )
    field_order = ["source", "venue", "title", "text", "place", "contact_name", "contact_phone"]

    def __init__(self, *args, posts: Posts, **kwargs):
        super().__init__(*args, **kwargs)
        offered = sources_of(posts)
        self.fields["source"].choices = [(one.value, SOURCE_WORDS[one]) for one in offered]
        self.fields["source"].initial = offered[0].value if len(offered) == 1 else None
        if Source.CITIZEN not in offered:
            del self.fields["contact_name"], self.fields["contact_phone"]

    def venues(self):
        return Venue.objects.open().with_host()

    def clean_contact_phone(self) -> str:
        return checked_phone(self.cleaned_data["contact_phone"])


SOURCE_WORDS = {
    Source.MEMBER: "我作为委员提出", Source.AUTHORITY: "本单位提出", Source.CITIZEN: "代来访的群众录入",
}  # fmt: skip


def sources_of(posts: Posts) -> list[Source]:
    """What this person may bring a matter as."""
    works = bool(rights.kept(posts)) or rights.is_of_the_house(posts)
    offered = [Source.MEMBER] if posts.is_member else []
    offered += [Source.AUTHORITY] if works or rights.units(posts) else []
    return [*offered, Source.CITIZEN] if works or posts.is_member else offered


def checked_phone(text: str) -> str:
    """A mobile or a fixed number; empty stays empty."""
    phone = bare_phone(text)
    if phone and not (MOBILE.match(phone) or (phone.isascii() and phone.isdigit() and 7 <= len(phone) <= 12)):
        raise ValidationError("电话号码不对，请核对；不想留的可以不填。")
    return phone


class AskForm(forms.Form):
    receipt = forms.CharField(label="议题编号", max_length=20, help_text="如 YS2026-0001")
    code = forms.CharField(label="查询码", max_length=20, help_text="提交议题时给您的 10 位查询码。")
