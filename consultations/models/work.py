"""What was done for a topic: surveys in the field, the meeting, who came, what was said."""

from django.db import models

from consultations.kinds import Form, SpeechKind
from members.models import Organization, Person

from .topic import Topic


class Survey(models.Model):
    """调研、视察 in the field: the team, the days, the places, the findings."""

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="surveys")
    first_day = models.DateField("开始日期")
    last_day = models.DateField("结束日期")
    places = models.CharField("地点", max_length=300)
    team = models.ManyToManyField(Person, verbose_name="参加委员", blank=True, related_name="+")
    others = models.CharField("其他参加人员", max_length=300, blank=True)
    findings = models.TextField("调研情况", max_length=5000)

    class Meta:
        verbose_name = "调研视察"
        verbose_name_plural = "调研视察"
        ordering = ["topic", "first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.topic}：{self.first_day:%Y-%m-%d} {self.places}"


class Meeting(models.Model):
    """A meeting that was held, with its minutes (within seven working days, domain §9)."""

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="meetings")
    form = models.CharField("会议形式", max_length=12, choices=Form.choices)
    on = models.DateField("日期")
    place = models.CharField("地点", max_length=80)
    chair = models.CharField("主持人", max_length=40)
    others = models.CharField("其他出席人员", max_length=500, blank=True)
    absent = models.CharField("请假人员", max_length=300, blank=True)
    summary = models.TextField("协商情况和共识", max_length=5000)
    present = models.ManyToManyField(Person, verbose_name="出席委员", blank=True, related_name="+")
    minutes_due_on = models.DateField("纪要期限", null=True, blank=True)
    minutes_on = models.DateField("纪要印发", null=True, blank=True)
    minutes_number = models.CharField("纪要文号", max_length=60, blank=True)

    class Meta:
        verbose_name = "协商会议"
        verbose_name_plural = "协商会议"
        ordering = ["topic", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.topic}：{self.on:%Y-%m-%d}"


class Speech(models.Model):
    """One thing said at a meeting: by whom, and for a unit's answer which unit."""

    meeting = models.ForeignKey(Meeting, verbose_name="会议", on_delete=models.PROTECT, related_name="speeches")
    kind = models.CharField("环节", max_length=10, choices=SpeechKind.choices)
    person = models.ForeignKey(
        Person, verbose_name="发言委员", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("其他发言人", max_length=40, blank=True)
    unit = models.ForeignKey(
        Organization, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("发言内容", max_length=3000)

    class Meta:
        verbose_name = "会议发言"
        verbose_name_plural = "会议发言"
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self.who}：{self.get_kind_display()}"

    @property
    def who(self) -> str:
        return "".join(filter(None, [str(self.unit or ""), str(self.person or self.name)]))
