"""代录: the page on which the committee enters a proposal for a member or a body."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from documents import limits
from documents.kinds import KINDS
from documents.models import Attachment
from documents.uploads import receive
from members.boxes import Choice, Groups, chosen_names
from members.models import Member, Organization, Session
from members.models.organization import OrganizationKind
from proposals import proxies
from proposals.forms import drafting, rows
from proposals.forms.proxy import ProxyForm
from proposals.kinds import EntrySource
from proposals.windows import session_for_new
from workflow.errors import NotAllowed, Refused
from workflow.views import refusal_page

from . import files
from .choosing import unit_groups
from .crumbs import crumbs_under
from .written import WrittenText

SCANS = {ending: KINDS[ending] for ending in (".pdf", ".jpg", ".jpeg", ".png")}
SCAN_TYPES = {kind.content_type for kind in SCANS.values()}
SCAN_WORDS = "PDF、JPG 或 PNG"


class Entered(WrittenText):
    """What was typed on the page; an answer that refuses it gives everything back, the files included."""

    prefix = drafting.PREFIX

    def __init__(self, request: HttpRequest, session: Session):
        self.session = session
        self.scans: list[Attachment] = []
        self.scan_error = ""
        super().__init__(request)

    def bind(self) -> None:
        first = {"received_at": timezone.now()}
        self.form = ProxyForm(self.data, user=self.request.user, session=self.session, initial=first)
        self.formset = drafting.Suggestions(self.data, initial=self.unless_posted([{"text": ""}]), prefix=self.prefix)

    def read(self) -> "Entered":
        """Take what was posted; the row buttons and 移除 work without JavaScript."""
        data = self.request.POST.copy()
        pressed = rows.pressed(data, self.prefix)
        self.is_edited_only = bool(pressed) or "remove_scan" in data
        ids, errors = self._received()
        out = data.get("remove_scan")
        self.scans = files.waiting(self.request.user, [*(pk for pk in data.getlist("scan") if pk != out), *ids])
        if len(self.scans) > (most := limits.max_per_subject()):
            errors.append(f"扫描件最多 {most} 个，现在有 {len(self.scans)} 个，请移除几个，或合成一个 PDF 再上传。")
        errors += [f"“{file.name}”不能作扫描件，请用 {SCAN_WORDS}。" for file in self.scans if not _is_scan(file)]
        self.scans, self.scan_error = [file for file in self.scans if _is_scan(file)], "".join(errors)
        self.data = rows.edited(data, self.prefix) if pressed else data
        self.bind()
        return self

    def _received(self) -> tuple[list[str], list[str]]:
        ids, errors = [], []
        for file in self.request.FILES.getlist("scan_files"):
            try:
                ids.append(str(receive(file, self.request.user, "scan", SCANS).pk))
            except ValidationError as error:
                errors += error.messages
        return ids, errors

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if valid and not self.formset.texts():
            self.form.add_error(None, "请至少填写一条具体建议。")
            valid = False
        if not self.scan_error and (gap := self._missing_original()):
            self.scan_error = gap
        return valid and not self.scan_error

    def _missing_original(self) -> str:
        """Paper needs its scan; an e-mail its print-out or a note of who sent it and when."""
        source = self.form.cleaned_data.get("source")
        if self.scans or source not in (EntrySource.PAPER, EntrySource.EMAIL):
            return ""
        if source == EntrySource.PAPER:
            return f"纸质提案必须上传原件扫描件（{SCAN_WORDS}）。"
        noted = self.form.cleaned_data.get("note", "").strip()
        return "" if noted else "请上传邮件的打印件，或在来件记录里写明发件人和时间。"

    def received(self) -> proxies.Received:
        data = self.form.cleaned_data
        return proxies.Received(
            source=data["source"], received_at=data["received_at"], note=data["note"].strip(), text=self.form.text(),
            suggestions=self.formset.texts(), member=data["member"], organization=data["organization"],
            cosigners=list(data["cosigners"]), units=data["units"], scans=self.scans,
        )  # fmt: skip


def _is_scan(file: Attachment) -> bool:
    return file.content_type in SCAN_TYPES


class OnBehalf(View):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not proxies.may_enter(request.user):
            return refusal_page(request, NotAllowed("代录提案由提案委工作人员办理。", "如需提交提案，请用“写提案”。"))
        try:
            self.session = session_for_new()
        except Refused as refused:
            return refusal_page(request, refused)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return page(Entered(request, self.session))

    def post(self, request: HttpRequest) -> HttpResponse:
        entered = Entered(request, self.session).read()
        if entered.is_edited_only:
            return page(entered)
        if not entered.is_valid():
            return page(entered, status=400)
        received = entered.received()
        proposal = proxies.just_entered(request.user, received)
        if proposal is None:
            try:
                proposal = proxies.enter(request.user, received)
            except Refused as refused:
                return refusal_page(request, refused, typed=entered.typed())
        told = "已通知提案人确认。" if proposal.drafter_id else "这个单位没有联系人账号，请另行告知确认。"
        messages.success(request, f"已代录，流水号 {proposal.receipt_number}，{told}")
        return redirect(proposal)


def page(entered: Entered, status: int = 200) -> HttpResponse:
    form, session = entered.form, entered.session
    units, people, bodies = unit_groups(form["units"]), _people(session), _bodies()
    members, cosigners = _marked(people, form["member"]), _marked(people, form["cosigners"])
    bodies = _marked(bodies, form["organization"])
    context = {
        "form": form, "formset": entered.formset, "formsets": [entered.formset], "session": session,
        "unit_groups": units, "chosen_units": chosen_names(units), "members": members,
        "chosen_member": chosen_names(members), "cosigners": cosigners, "chosen_cosigners": chosen_names(cosigners),
        "bodies": bodies, "chosen_body": chosen_names(bodies), "scans": [files.entry(file) for file in entered.scans],
        "scan_error": entered.scan_error, "accept": ",".join(SCANS), "guide": drafting.TEXT_GUIDE,
        "scan_help": f"纸质提案必须上传，{SCAN_WORDS}，可以传多页多份。", "crumbs": crumbs_under("代录提案"),
    }  # fmt: skip
    return render(entered.request, "proposals/proxy.html", context, status=status)


def _people(session: Session) -> list[tuple[str, object, str, str]]:
    """(group, pk, name, keys) of everybody the form takes, by sector; a seat that ended says so."""
    window = timezone.localdate(session.window_opens)
    seats = Member.objects.filter(from_ledger=False).overlapping(window, timezone.localdate())
    seats = seats.select_related("person", "sector").order_by(
        "sector__order", "sector__pinyin", "person__pinyin", "person_id", "-starts"
    )
    found, known = [], set()
    for seat in seats:
        if seat.person_id in known:
            continue
        known.add(seat.person_id)
        found.append((str(seat.sector or "其他"), seat.person_id, _named(seat), _keys(seat.person)))
    return found


def _named(seat: Member) -> str:
    """Namesakes are told apart by where they work."""
    where = " ".join(filter(None, [seat.person.employer, seat.person.position]))
    return f"{seat.person.name}（{where}）" if where else seat.person.name


def _keys(one) -> str:
    return " ".join([one.name, one.pinyin.replace(" ", ""), one.initials]).lower()


def _bodies() -> list[tuple[str, object, str, str]]:
    rows = Organization.objects.collectives().order_by("kind", "order", "pinyin", "pk")
    return [(OrganizationKind(body.kind).label, body.pk, body.name, _keys(body)) for body in rows]


def _marked(rows, bound) -> Groups:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    groups: dict[str, list[Choice]] = {}
    for group, pk, name, keys in rows:
        groups.setdefault(group, []).append(Choice(pk, name, keys, str(pk) in chosen))
    return list(groups.items())
