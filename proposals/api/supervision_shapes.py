"""重点提案 and supervision of a case, as far as its reader may see them."""

from rest_framework import serializers

from .shapes import DueSerializer, FileSerializer, NameSerializer


class KeySerializer(serializers.Serializer):
    """The 重点提案 entry that stands; a candidate is shown to the offices only."""

    year = serializers.IntegerField(source="entry.year")
    status = serializers.CharField(source="entry.status", help_text="candidate 候选、decided 已确定")
    status_label = serializers.CharField(source="entry.get_status_display")
    carried_over = serializers.BooleanField(source="entry.carried_over", help_text="往年未办结，续列")
    leader = serializers.CharField(source="entry.leader_name", allow_blank=True, help_text="领办领导的职务和姓名")
    supervisor = serializers.CharField(source="entry.supervisor_name", allow_blank=True, help_text="督办领导")
    committee = NameSerializer(source="entry.committee", allow_null=True, help_text="督办专委会")
    plan = serializers.CharField(source="entry.plan", allow_blank=True)
    finish_by = serializers.DateField(source="entry.finish_by", allow_null=True)
    decided_on = serializers.DateField(source="entry.decided_on", allow_null=True, help_text="主席会议日期")
    document_number = serializers.CharField(source="entry.document_number", allow_blank=True)
    files = FileSerializer(many=True)


class DemandSerializer(serializers.Serializer):
    """What a unit is asked to do; answered by the act answer_demand of its assignment."""

    id = serializers.IntegerField(source="row.pk")
    assignment = serializers.IntegerField(source="row.assignment_id", help_text="交办的编号")
    unit = NameSerializer(source="row.assignment.unit")
    text = serializers.CharField(source="row.text")
    due_on = serializers.DateField(source="row.due_on", allow_null=True)
    due = DueSerializer(source="sign", allow_null=True)
    answer = serializers.CharField(source="row.answer", allow_blank=True, help_text="落实情况")
    answered_at = serializers.DateTimeField(source="row.answered_at", allow_null=True)
    files = FileSerializer(many=True)


class SupervisionSerializer(serializers.Serializer):
    """督办记录 or 批示."""

    id = serializers.IntegerField(source="row.pk")
    form = serializers.CharField(source="row.form", help_text="督办方式；instruction 为批示")
    form_label = serializers.CharField(source="row.get_form_display")
    on = serializers.DateField(source="row.on")
    leader = serializers.CharField(source="row.leader_name", allow_blank=True)
    participants = serializers.CharField(source="row.participants", allow_blank=True)
    findings = serializers.CharField(source="row.findings", help_text="督办情况或批示内容")
    next_check_on = serializers.DateField(source="row.next_check_on", allow_null=True)
    voided_at = serializers.DateTimeField(source="row.voided_at", allow_null=True, help_text="作废时间")
    demands = DemandSerializer(many=True)
    files = FileSerializer(many=True)


class KeyRowSerializer(serializers.Serializer):
    """One 重点提案 of a year with its progress."""

    id = serializers.IntegerField(source="pk")
    proposal = serializers.IntegerField(source="proposal_id", help_text="提案的编号")
    number = serializers.CharField(source="proposal.number")
    title = serializers.CharField(source="proposal.title", allow_blank=True)
    state = serializers.CharField(source="proposal.state")
    state_label = serializers.CharField(source="proposal.get_state_display")
    year = serializers.IntegerField()
    status = serializers.CharField()
    status_label = serializers.CharField(source="get_status_display")
    leader = serializers.CharField(source="leader_name", allow_blank=True)
    supervisor = serializers.CharField(source="supervisor_name", allow_blank=True)
    finish_by = serializers.DateField(allow_null=True)
    checks = serializers.IntegerField(help_text="督办次数")
    last_on = serializers.DateField(allow_null=True, help_text="最近一次督办")
    next_on = serializers.DateField(allow_null=True, help_text="下次检查")
    met = serializers.IntegerField(help_text="已反馈的要求")
    open_demands = serializers.IntegerField(source="due", help_text="待反馈的要求")
    late_demands = serializers.IntegerField(source="late", help_text="逾期没有反馈的要求")
