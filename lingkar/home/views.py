"""My circles, one circle, inviting, people and dates. The room itself is elsewhere."""

from datetime import date, timedelta
from urllib.parse import urlunsplit

import segno
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import agreement, between, desk, erasing, meeting, texts, visit
from lingkar.circle.closing import left_of_last
from lingkar.circle.moment import stamp
from lingkar.groups import access, actions, invitations
from lingkar.groups.access import Place
from lingkar.groups.documents import LONGEST_NAME
from lingkar.groups.models import GroupSession, Invitation, Membership
from lingkar.groups.names import clean_name
from lingkar.home import acts, circles, forms, tasks
from lingkar.ledger import chain
from lingkar.principles.responsibility import gate as responsibility_gate
from lingkar.principles.responsibility import guide as responsibility_guide
from lingkar.principles.responsibility.events import AttendancePlanned
from lingkar.ui.answers import go, mend, typed
from lingkar.vault.box import Document
from lingkar.vault.errors import RefusedError, VaultError

MOST_INVITATIONS = 12
NEWS = timedelta(days=14)
COMING = ("yes", "maybe", "no")


@require_GET
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    context: dict[str, object] = {"circles": circles.my_circles(request.me)}
    if request.me.is_counsellor:
        context |= {"tasks": tasks.tasks(request.me), "backing": tasks.backing(request.me)}
    return render(request, "home/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_group(request: SignedInRequest) -> HttpResponse:
    """The short wizard, all with sound defaults."""
    if not request.me.is_counsellor:
        raise Http404
    if request.method != "POST":
        defaults = {"norms": texts.norm_texts(), "promises": texts.promise_texts()}
        return render(request, "home/new_group.html", defaults)
    sheet, errors = forms.read_sheet(request)
    if sheet is None:
        return mend(errors)
    where = actions.make_group(request.me, sheet, is_practice=request.POST.get("practice") == "yes")
    return go("group", where.group.uid, group=where.group.uid)


@require_GET
@signed_in
def group(request: SignedInRequest, group: str) -> HttpResponse:
    where = access.place(request.me, group)
    if where.is_counsellor:
        visit.settle(where)
    access.remember_newest(where)
    state = where.state
    context = {
        "where": where,
        "state": state,
        "norms": texts.shown(state.sheet.norms),
        "promises": texts.shown(state.sheet.promises),
        "limits": texts.limit_texts(state.sheet.leader, state.sheet.backup, state.sheet.own_limits),
        "meetings": _with_answers(where),
        "asked": agreement.asked(where),
        "seats": state.seats(),
    }
    context |= _for_counsellor(where) if where.is_counsellor else {"closing_left": left_of_last(where)[0]}
    return render(request, "home/group.html", context)


def _with_answers(where: Place) -> list[dict[str, object]]:
    """Each session with what was said about coming: a member's own answer, everybody's for the counsellor."""
    found = between.given(where)
    names = {line.membership: line.name for line in where.state.roster if not line.is_counsellor}
    listed: list[dict[str, object]] = []
    for one in circles.meetings(where):
        answers = between.coming(found, one.uid)
        counts = [(kind, sum(answers[by].coming == kind for by in answers if by in names)) for kind in COMING]
        reasons = [
            {"by": names[by], "coming": answer.coming, "reason": answer.reason}
            for by, answer in answers.items()
            if by in names and answer.coming != "yes"
        ]
        mine = answers.get(where.membership.uid)
        listed.append({"one": one, "mine": mine, "counts": counts, "reasons": reasons, "any": bool(answers)})
    return listed


def _absent(where: Place) -> list[str]:
    """Names of those who missed the last two sessions."""
    members = [line.membership for line in where.state.roster if not line.is_counsellor]
    found = responsibility_guide.absent_twice(between.attended(where), members)
    names = {line.membership: line.name for line in where.state.roster}
    return [names[one.member] for one in found]


@require_POST
@signed_in
def attend(request: SignedInRequest, session: str) -> HttpResponse:
    """Whether I come; the reason is for the counsellor alone."""
    where, found = access.session_place(request.me, session)
    coming = typed(request, "coming", 5)
    if where.is_counsellor or coming not in COMING:
        raise Http404
    if found.state != GroupSession.State.PLANNED:
        return mend({"": _("Pertemuan ini sudah dimulai atau dibatalkan.")}, 409)
    answer = AttendancePlanned(**stamp(where), session=session, coming=coming, reason=typed(request, "reason", 600))
    outcome = between.give(where, answer)
    if outcome.state == "refused":
        return mend({"": _("Belum tersimpan. Coba lagi.")}, 409)
    return go("help" if outcome.signal else "group", where.group.uid)


def _for_counsellor(where: Place) -> dict[str, object]:
    waiting = [
        (membership, _applicant(where, membership))
        for membership in where.group.memberships.filter(state=Membership.State.APPLIED).order_by("seat")
    ]
    unused = where.group.invitations.filter(used=False, purpose=Invitation.Purpose.JOIN).count()
    ready = any(item[0].is_ready for item in waiting)
    guarded = where.group.memberships.filter(state=Membership.State.ACTIVE, consent__in=Membership.GUARDED)
    return {
        "waiting": waiting,
        "unused": unused,
        "ready": ready,
        "absent": _absent(where),
        "guarded": set(guarded.values_list("uid", flat=True)),
        "forgotten": _forgotten(where),
    }


def _forgotten(where: Place) -> date | None:
    """The day on which what somebody gave was taken out, while that is news."""
    acts = chain.read(where.group.uid, where.opened)
    days = [act.day for act in acts if act.document and act.document["act"] == "erased"]
    return days[0] if days and timezone.localdate() - days[0] <= NEWS else None


def _applicant(where: Place, membership: Membership) -> str:
    try:
        return actions.read_application(where, membership).name
    except VaultError:
        return _("tidak bisa dibuka")


@require_POST
@signed_in
def invite(request: SignedInRequest, group: str) -> HttpResponse:
    """Some new invitations of one age mark, then the page to show or print them."""
    where = access.counsellor_place(request.me, group)
    if request.POST.get("for") == "backup":
        where.group.invitations.filter(purpose=Invitation.Purpose.BACKUP, used=False).update(used=True)
        invitations.invite(where, Invitation.Age.ADULT, Invitation.Purpose.BACKUP)
        return go("invitations", group)
    age = typed(request, "age")
    try:
        count = int(typed(request, "count", 3))
    except ValueError:
        count = 0
    if age not in Invitation.Age.values:
        return mend({"age": _("Pilih satu.")})
    if not 1 <= count <= MOST_INVITATIONS:
        return mend({"count": _("Tulis angka dari 1 sampai 12.")})
    made = [invitations.invite(where, age) for _number in range(count)]
    return go("invitations", group, tickets=[{"fragment": one.fragment, "code": one.code} for one in made])


@require_GET
@signed_in
def show_invitations(request: SignedInRequest, group: str) -> HttpResponse:
    """Links, QR and codes of the open invitations: on the screen, and as an A4 sheet of cards."""
    where = access.counsellor_place(request.me, group)
    uids = list(where.group.invitations.filter(used=False).exclude(purpose="guardian").values_list("uid", flat=True))
    back = set(where.group.invitations.filter(uid__in=uids, membership__isnull=False).values_list("uid", flat=True))
    cards = [_card(request, ticket, is_back=ticket.uid in back) for ticket in invitations.tickets(where, uids)]
    return render(request, "home/invitations.html", {"where": where, "sheet": where.state.sheet, "cards": cards})


def _card(request: HttpRequest, ticket: invitations.Ticket, *, is_back: bool = False) -> dict[str, object]:
    """`is_back`: leads somebody who lost their keys to their old place, and to what they heard there."""
    link = urlunsplit((request.scheme or "http", request.get_host(), "/undangan/", "", ticket.fragment))
    is_backup = ticket.purpose == Invitation.Purpose.BACKUP
    label = str(Invitation.Purpose(ticket.purpose).label if is_backup else Invitation.Age(ticket.age).label)
    if is_back:
        label = _("Hanya untuk yang lupa semua: kembali ke tempatnya")
    return {"ticket": ticket, "link": link, "qr": _qr(link), "for": label}


def _qr(text: str) -> SafeString:
    drawn = segno.make(text, error="m").svg_inline(scale=3, border=2, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from our own text


@require_POST
@signed_in
def confirm(request: SignedInRequest, group: str) -> HttpResponse:
    """Everybody who waits and may come in, with one tap."""
    where = access.counsellor_place(request.me, group)
    done, refused = actions.confirm_all(where)
    if refused:
        return mend({"": _("Ada pendaftaran yang tidak cocok dengan undangannya; yang itu tidak dimasukkan.")}, 409)
    return go("group", group, confirmed=len(done))


@require_POST
@signed_in
def member_act(request: SignedInRequest, group: str, membership: str, act: str) -> HttpResponse:
    """One act on one person: paper consent, a guardian's link or withdrawal, a new invitation, removing."""
    where = access.counsellor_place(request.me, group)
    target = access.membership_in(where, membership)
    if target.is_counsellor:
        raise Http404
    if target.is_backup and act not in ("decline", "release"):
        raise Http404
    if act == "paper":
        actions.record_paper(where, target)
    elif act == "guardian":
        ticket = invitations.invite(where, Invitation.Age.ADULT, Invitation.Purpose.GUARDIAN, target)
        return go("group", group, link=_card(request, ticket)["link"], fragment=ticket.fragment)
    elif act == "renew":
        ticket = meeting.renew(where, target)
        return go("invitations", group, tickets=[{"fragment": ticket.fragment, "code": ticket.code}])
    elif act == "decline" and target.state == Membership.State.APPLIED:
        actions.decline(target)
    elif act == "withdraw" and target.consent in Membership.GUARDED:
        erasing.withdraw(where, target)
        return go("group", group, done=_("Persetujuan ditarik, dan tulisannya dihapus."))
    elif act == "remove" and target.is_active:
        meeting.remove(where, target)
    elif act == "release" and target.is_backup and target.is_active:
        actions.release_backup(where)
    else:
        raise Http404
    return go("group", group)


@require_POST
@signed_in
def leave(request: SignedInRequest, group: str) -> HttpResponse:
    where = access.place(request.me, group)
    if where.is_counsellor:
        raise Http404
    if responsibility_gate.closing_first(left_of_last(where)[1], now=request.POST.get("now") == "yes"):
        return mend({"": _("Penutup terakhir belum diisi. Isi atau lewati dulu, atau tekan “Keluar sekarang”.")}, 409)
    if request.POST.get("forget") != "yes":
        meeting.leave(where)
        return go("home", done=_("Kamu sudah keluar dari lingkar ini."))
    erasing.leave(where)
    return go("home", done=_("Kamu sudah keluar, dan tulisanmu dihapus."))


@require_POST
@signed_in
def rename(request: SignedInRequest, group: str) -> HttpResponse:
    """Another chosen name; it holds once the counsellor has been here."""
    where = access.place(request.me, group)
    if where.is_counsellor:
        raise Http404
    name = clean_name(typed(request, "name", LONGEST_NAME))
    if not name:
        return mend({"name": _("Pilih nama yang ingin kamu pakai di lingkar ini.")})
    actions.ask_name(where, name)
    return go("group", group)


@require_POST
@signed_in
def schedule(request: SignedInRequest, group: str) -> HttpResponse:
    where = access.counsellor_place(request.me, group)
    if where.group.ended:
        return mend({"": _("Lingkar ini sudah selesai.")}, 409)
    starts, minutes, errors = forms.read_date(request)
    if errors:
        return mend(errors)
    made = actions.schedule(where, starts, minutes)
    return go("group", group, session=made.uid)


@require_POST
@signed_in
def change_date(request: SignedInRequest, session: str, act: str) -> HttpResponse:
    """Move or cancel a planned session."""
    where, found = access.session_place(request.me, session)
    if not where.is_counsellor:
        raise Http404
    if found.state != GroupSession.State.PLANNED:
        return mend({"": _("Pertemuan ini sudah dimulai atau dibatalkan.")}, 409)
    if act == "cancel":
        actions.cancel(where, found)
        return go("group", where.group.uid)
    starts, minutes, errors = forms.read_date(request)
    if errors or starts is None:
        return mend(errors)
    try:
        actions.move(where, found, starts, minutes)
    except RefusedError:
        return mend({"": _("Pertemuan ini sudah dimulai atau dibatalkan.")}, 409)
    return go("group", where.group.uid)


@require_GET
@signed_in
def ledger(request: SignedInRequest, group: str) -> HttpResponse:
    """The open ledger: who did what, and whether it was altered."""
    where = access.place(request.me, group)
    known = where.me.book.heads.get(group)
    try:
        head = chain.verify(group, where.pins, (known[0], known[1]) if known else None)
    except chain.BrokenError:
        head = None
    if head:
        with transaction.atomic():
            access.update_book(where.me, lambda book: book.heads.__setitem__(group, list(head)))
    names = {line.person: line.name for line in where.state.people}
    shown = [
        {
            "sentence": acts.sentence(act.document, is_mine=_is_about(where, act.document)),
            "day": act.day,
            "by": names.get(act.signer, ""),
        }
        for act in chain.read(group, where.opened)
    ]
    return render(request, "home/ledger.html", {"where": where, "acts": shown, "holds": head is not None})


def _is_about(where: Place, document: Document | None) -> bool:
    return document is not None and document["act"] == "told" and desk.concerns(where, document)


@require_POST
@signed_in
def end(request: SignedInRequest, group: str) -> HttpResponse:
    """The group is over; from now on the retention clock runs."""
    where = access.counsellor_place(request.me, group)
    try:
        actions.end(where)
    except RefusedError:
        return mend({"": _("Tutup dulu pertemuan yang masih terbuka.")}, 409)
    return go("journey", group)


@require_POST
@signed_in
def shred(request: SignedInRequest, group: str) -> HttpResponse:
    """Practice groups can be shredded at once, after typing the name."""
    where = access.counsellor_place(request.me, group)
    if not where.group.is_practice or typed(request, "name") != where.state.sheet.name:
        return mend({"name": _("Tulis nama lingkarnya persis sama.")})
    actions.shred_group(where.group)
    return go("home")
