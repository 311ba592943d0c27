from django.contrib import admin, messages
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from deadlines import calendar, steps
from deadlines.admin_forms import NoticeForm
from deadlines.filling import enter_notice, fill
from deadlines.models import CalendarDay, DueRule, HolidayNotice, ReminderUnit, Source
from deadlines.recomputing_admin import RecomputingAdmin
from deadlines.working_days import WEEKDAYS


@admin.register(HolidayNotice)
class HolidayNoticeAdmin(RecomputingAdmin):
    form = NoticeForm
    list_display = ["year", "source", "number", "note"]
    list_filter = ["source"]
    search_fields = ["year", "number", "note"]

    def get_fields(self, request, obj=None):
        """Who may only look has no use for the box into which the notice is pasted."""
        fields = super().get_fields(request, obj)
        own = {field.name for field in self.opts.fields}
        return fields if self.has_change_permission(request, obj) else [name for name in fields if name in own]

    def write(self, request, obj, form, change):
        if form.days:
            obj.source = Source.NOTICE
        obj.save()
        if form.days:
            enter_notice(obj, form.days)

    def remove(self, obj):
        year = obj.year
        obj.delete()
        fill([year])

    def has_delete_permission(self, request, obj=None):
        """What the package holds would come back with its next update."""
        from_package = obj is not None and obj.source == Source.LIBRARY
        return not from_package and super().has_delete_permission(request, obj)


REMINDING = (
    "提醒发给当前该办的人，只在工作日上班时间发出，同一件事、同一期限、同一次提醒只发一遍；"
    "期限改了，按新期限重新提醒。逾期告知发给上级，每一级只告知一次。"
    '今后 30 天要提醒谁，见<a href="{}">到期提醒预览</a>。'
)
format_html_lazy = lazy(format_html, SafeString)


class YearFilter(admin.SimpleListFilter):
    title = "年度"
    parameter_name = "year"

    def lookups(self, request, model_admin):
        years = CalendarDay.objects.dates("date", "year", order="DESC")
        return [(str(day.year), f"{day.year} 年") for day in years]

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(date__year=chosen) if chosen.isdecimal() else queryset


@admin.register(CalendarDay)
class CalendarDayAdmin(RecomputingAdmin):
    list_display = ["date", "weekday", "name", "is_workday", "source", "note"]
    list_filter = [YearFilter, "is_workday", "source"]
    search_fields = ["date", "name", "note"]
    fields = ["date", "is_workday", "name", "source", "note"]

    @admin.display(description="星期")
    def weekday(self, day):
        return WEEKDAYS[day.date.weekday()]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """A row that staff saved is theirs from then on, and no update overwrites it."""
        if db_field.name == "source":
            kwargs["choices"] = [(s.value, s.label) for s in (Source.COUNTY, Source.NOTICE)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def remove(self, obj):
        year = obj.date.year
        obj.delete()
        fill([year])

    def has_delete_permission(self, request, obj=None):
        """A row of the package would come back; it is overruled by editing it."""
        from_package = obj is not None and obj.source == Source.LIBRARY
        return not from_package and super().has_delete_permission(request, obj)

    def changelist_view(self, request, extra_context=None):
        missing = "、".join(str(year) for year in calendar.coverage().missing)
        if missing:
            messages.warning(
                request,
                f"{missing} 年的放假安排还没有录入，这些年的期限{calendar.PROVISIONAL}。"
                "国务院通知公布后，请到“年度放假安排”里粘贴通知正文。",
            )
        return super().changelist_view(request, extra_context)


@admin.register(DueRule)
class DueRuleAdmin(RecomputingAdmin):
    list_display = [
        "step",
        "kind_words",
        "words",
        "counted_from",
        "lights",
        "reminders",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["step", "unit"]
    search_fields = ["counted_from", "basis"]
    search_help_text = "可按环节、起算说明、依据查找"
    fieldsets = [
        (None, {"fields": ["step", "kind", "amount", "unit", "counted_from"]}),
        ("亮灯", {"fields": ["yellow_before", "orange_before"]}),
        (
            "提醒和逾期告知",
            {
                "fields": ["reminder_days", "reminder_unit", "quiet_while_waiting", "remind_overdue_every"]
                + ["escalate_unit_leader_after", "escalate_dispatch_after", "escalate_leading_after"],
                "description": format_html_lazy(REMINDING, reverse_lazy("notices:coming")),
            },
        ),
        (
            "有效期",
            {
                "fields": ["valid_from", "valid_to", "basis"],
                "description": "换届或修订办法时，先给旧规则填写失效日期，再新增一条，不要改掉旧规则。",
            },
        ),
    ]

    @admin.display(description="适用")
    def kind_words(self, rule):
        return steps.kind_label(rule.kind)

    @admin.display(description="期限")
    def words(self, rule):
        return rule.words

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "reminder_unit":
            kwargs["choices"] = ReminderUnit.choices
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description="提醒")
    def reminders(self, rule):
        before = f"到期前 {rule.reminder_days.replace(',', '、')} 天" if rule.reminder_days else ""
        late = f"逾期后每 {rule.remind_overdue_every} 个工作日" if rule.remind_overdue_every else ""
        return "，".join(filter(None, (before, late))) or "不提醒"

    @admin.display(description="亮灯")
    def lights(self, rule):
        if rule.yellow_before is None:
            return "过半亮黄，最后一个工作日亮橙"
        return f"到期前 {rule.yellow_before} 天亮黄，{rule.orange_before} 天亮橙"

    def get_search_results(self, request, queryset, search_term):
        """Also by the words of the step, which the table holds as a key."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        keys = [key for key, label in steps.step_choices() if search_term and search_term in label]
        return found | queryset.filter(step__in=keys), distinct
