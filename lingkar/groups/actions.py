"""Changes to a group: making it, letting people in and out, dates. Each acts, grants and writes the ledger at once."""

import contextlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from lingkar.accounts.middleware import Me
from lingkar.accounts.models import Person
from lingkar.groups import documents, invitations, rows
from lingkar.groups.access import Place, update_book
from lingkar.groups.documents import GroupState, Plan, Revision, RosterLine, Sheet
from lingkar.groups.invitations import OpenDoor
from lingkar.groups.models import Group, GroupSession, Invitation, Membership
from lingkar.ledger import chain
from lingkar.vault import box, keyrings, suite
from lingkar.vault.errors import RefusedError, VaultError
from lingkar.vault.holder import KeyHolder, Recipient, recipient_of
from lingkar.vault.models import Grant, Identity, Keyring, new_uid


@dataclass(frozen=True)
class Application:
    """What a joiner sealed to the counsellor: chosen name, answers, and the promise signed against the sheet."""

    name: str
    answers: dict[str, str]
    sheet: str
    promise: str
    secret: str
    age: str


@transaction.atomic
def make_group(me: Me, sheet: Sheet, *, is_practice: bool = False) -> Place:
    """A group with its two keyrings, its sheet and the counsellor in seat 0."""
    group = Group.objects.create(retention_days=sheet.retention_days, is_practice=is_practice)
    membership = Membership.objects.create(
        group=group, person=me.person, role=Membership.Role.COUNSELLOR, state=Membership.State.ACTIVE, seat=0
    )
    mine = me.holder.as_recipient()
    for kind in (keyrings.GROUP, keyrings.COUNSELLORS, keyrings.ALERT):
        keyrings.create(kind, group.uid, me.holder, [mine])
    state = GroupState(
        sheet=sheet,
        sheet_key=suite.random_bytes(32).hex(),
        roster=(documents.new_line(membership, mine, sheet.leader),),
        plans=(),
    )
    invitations.write_door_sheet(group, sheet, state.sheet_key)
    where = Place(me, membership)
    _publish(where, state)
    _note(where, "made")
    return where


def _publish(where: Place, state: GroupState) -> None:
    """Write the next signed snapshot of the group's state."""
    opened = keyrings.open_keyring(_ring(where, keyrings.GROUP), where.me.holder, where.pins)
    if opened.lock is None:
        raise RefusedError("no key")
    appender = rows.Appender.locked(opened.keyring, opened.lock)
    row = appender.add(new_uid(), documents.signed(state, where.group.uid, where.me.holder))
    appender.flush()
    update_book(where.me, lambda book: book.rosters.__setitem__(where.group.uid, row.number))
    _forget(where)


def _forget(where: Place) -> None:
    for name in ("ring", "opened", "version", "state", "pins"):
        where.__dict__.pop(name, None)


def _note(where: Place, act: str, **details: str) -> None:
    """A ledger entry in the same transaction as the act."""
    chain.append(where.group.uid, where.opened, where.me.holder, {"act": act, "by": where.membership.uid, **details})


def _ring(where: Place, kind: str) -> Keyring:
    return Keyring.objects.select_for_update().get(kind=kind, scope=where.group.uid)


@transaction.atomic
def apply(door: OpenDoor, person: Person, holder: KeyHolder, name: str, answers: dict[str, str]) -> Membership:
    """Use the invitation: a membership that waits, with everything readable sealed to the counsellor.

    Raises `NoInvitationError`, also for whoever sits in this circle already.
    """
    invitation = invitations.use(door.invitation)
    seated = Membership.objects.filter(
        group=invitation.group, person=person, state__in=(Membership.State.ACTIVE, Membership.State.APPLIED)
    )
    if invitation.purpose == Invitation.Purpose.GUARDIAN or seated.exists():
        raise invitations.NoInvitationError
    body = Application(
        name=name,
        answers=answers,
        sheet=door.sheet.digest(),
        promise=holder.signing.sign("promise", door.sheet.digest().encode()).hex(),
        secret=door.secret.reveal().hex(),
        age=invitation.age,
    )
    membership = _waiting_membership(invitation, person)
    membership.application = suite.seal_to(
        door.counsellor.read_public, box.pad(asdict(body)), _application_place(membership.uid, person.pk).aad()
    )
    membership.save()
    return membership


def _waiting_membership(invitation: Invitation, person: Person) -> Membership:
    """A new place, or the same one again for somebody who lost their keys; never one that somebody holds."""
    membership = invitation.membership
    if membership and (membership.is_active or membership.consent == Membership.Consent.WITHDRAWN):
        raise invitations.NoInvitationError
    if membership is None:
        highest = Membership.objects.filter(group=invitation.group).aggregate(top=Max("seat"))["top"] or 0
        is_backup = invitation.purpose == Invitation.Purpose.BACKUP
        role = Membership.Role.BACKUP if is_backup else Membership.Role.MEMBER
        membership = Membership(group=invitation.group, seat=highest + 1, role=role)
        if invitation.age == Invitation.Age.UNDER_17:
            membership.consent = Membership.Consent.WAITING
    membership.person = person
    membership.state = Membership.State.APPLIED
    membership.invitation = invitation.uid
    return membership


def _application_place(membership: str, person: str) -> box.Place:
    return box.Place("membership", "application", "door", 0, membership, int(person[:8], 16))


def _consent_place(membership: str) -> box.Place:
    """Of the place in the circle and not of the person: new keys do not undo what a guardian said."""
    return box.Place("membership", "consent", "door", 0, membership, 0)


def read_application(where: Place, membership: Membership) -> Application:
    """Open and check an application. Raises `RefusedError` where it was not made with our invitation."""
    place = _application_place(membership.uid, membership.person_id)
    found = Application(**box.unpad(where.me.holder.read.open(bytes(membership.application), place.aad())))
    is_backup = invitations.kept_purpose(where, membership.invitation) == Invitation.Purpose.BACKUP
    if is_backup is not membership.is_backup:
        raise RefusedError("invited for something else")
    if not suite.same(found.secret.encode(), invitations.kept_secret(where, membership.invitation).encode()):
        raise RefusedError("another invitation")
    who = recipient_of(Identity.objects.get(pk=membership.person_id))
    suite.verify(who.sign_public, "promise", found.sheet.encode(), bytes.fromhex(found.promise))
    return found


@transaction.atomic
def confirm(where: Place, membership: Membership) -> None:
    """Into the signed roster, with a grant of the group's key. Raises `VaultError`."""
    if not membership.is_ready:
        raise RefusedError("not ready")
    if membership.is_backup:
        _confirm_backup(where, membership)
        return
    application = read_application(where, membership)
    _check_consent(where, membership, application.age)
    who = recipient_of(Identity.objects.get(pk=membership.person_id))
    state = where.state.without(membership.uid)
    is_newest = application.sheet == state.sheet.digest()
    line = replace(
        documents.new_line(membership, who, state.free_name(application.name)),
        signed=state.sheet.version if is_newest else 0,
    )
    ring = _ring(where, keyrings.GROUP)
    keyrings.extend(ring, ring.epoch, where.me.holder, who, "join", where.pins)
    _keep_record(where, {"kind": "joined", "membership": membership.uid, **asdict(application)})
    _grant_attended(where, membership, who)
    _drop_own_copies(membership)
    membership.state, membership.application = Membership.State.ACTIVE, b""
    membership.save(update_fields=["state", "application"])
    _publish(where, state.with_line(line))
    _note(where, "joined", member=membership.uid, name=line.name)


def _drop_own_copies(membership: Membership) -> None:
    """Of whoever comes back with new keys: what the lost ones had sealed opens for nobody, and stands in the way."""
    rings = Keyring.objects.filter(kind=keyrings.AUTHOR, scope__in=rows.author_scopes(membership))
    rows.destroy(rings)
    rings.delete()


def _confirm_backup(where: Place, membership: Membership) -> None:
    """One a group. Keys of the group and of its safety desk, none of a session; the sheet's name stays."""
    read_application(where, membership)
    if where.state.backup:
        release_backup(where)
    who = recipient_of(Identity.objects.get(pk=membership.person_id))
    for kind in (keyrings.GROUP, keyrings.ALERT):
        ring = _ring(where, kind)
        keyrings.extend(ring, ring.epoch, where.me.holder, who, "backup", where.pins)
    line = documents.new_line(membership, who, where.state.sheet.backup)
    membership.state, membership.application = Membership.State.ACTIVE, b""
    membership.save(update_fields=["state", "application"])
    _publish(where, replace(where.state, backup=line))
    _note(where, "backup", member=membership.uid, name=line.name)


@transaction.atomic
def release_backup(where: Place) -> None:
    """The backup is one no more: grants gone, new epochs of the group and of its desk."""
    line = where.state.backup
    if line is None:
        return
    membership = where.group.memberships.get(uid=line.membership)
    membership.state = Membership.State.LEFT
    membership.save(update_fields=["state"])
    drop_grants(membership)
    counsellors = [one for one in where.state.roster if one.is_counsellor]
    keyrings.new_epoch(_ring(where, keyrings.ALERT), where.me.holder, recipients(counsellors), "backup")
    _note(where, "backup-left", name=line.name)
    rotate(where, replace(where.state, backup=None))


def _keep_record(where: Place, record: dict[str, object]) -> None:
    """Something about a member that only the counsellors read: a signed promise, the sessions they attended."""
    ring = _ring(where, keyrings.COUNSELLORS)
    lock = keyrings.open_keyring(ring, where.me.holder, where.pins).lock
    if lock is None:
        raise RefusedError("no key")
    appender = rows.Appender(ring, lock)
    appender.add(new_uid(), record)
    appender.flush()


def _grant_attended(where: Place, membership: Membership, who: Recipient) -> None:
    """After a new invitation: the epochs this membership could read before, and no others."""
    opened = keyrings.open_keyring(_ring(where, keyrings.COUNSELLORS), where.me.holder, where.pins)
    records = [row.document for row in rows.read(opened) if row.document]
    attended = [record for record in records if record["kind"] == "attended" and record["membership"] == membership.uid]
    for ring, epoch in attended[-1]["epochs"] if attended else []:
        found = Keyring.objects.filter(pk=ring).first()
        if found and Grant.objects.filter(keyring=found, epoch=epoch, recipient=where.me.uid).exists():
            keyrings.extend(found, epoch, where.me.holder, who, "renew", where.pins)


def confirm_all(where: Place) -> tuple[list[Membership], list[Membership]]:
    """Everybody who is ready: those confirmed, and those whose papers do not hold."""
    done, refused = [], []
    for membership in where.group.memberships.filter(state=Membership.State.APPLIED).order_by("seat"):
        if not membership.is_ready:
            continue
        try:
            confirm(where, membership)
            done.append(membership)
        except VaultError:
            _forget(where)
            refused.append(membership)
    return done, refused


@transaction.atomic
def decline(membership: Membership) -> None:
    """Turn an application away; what it held is erased."""
    membership.state, membership.application = Membership.State.REMOVED, b""
    membership.save(update_fields=["state", "application"])


@transaction.atomic
def record_paper(where: Place, membership: Membership) -> None:
    """The guardian's paper form lies with the counsellor."""
    if membership.consent in (Membership.Consent.WAITING, Membership.Consent.WITHHELD):
        membership.consent = Membership.Consent.PAPER
        membership.save(update_fields=["consent"])
        _note(where, "paper", member=membership.uid)


@transaction.atomic
def guardian_answers(door: OpenDoor, *, agrees: bool, name: str) -> Membership:
    """One answer by one-time link, sealed to the counsellor. Raises `NoInvitationError`.

    A no for somebody who is in the circle already withdraws the consent. Of whom none is needed, nothing changes.
    """
    invitation = invitations.use(door.invitation)
    membership = invitation.membership
    if membership is None or membership.consent == Membership.Consent.WITHDRAWN:
        raise invitations.NoInvitationError
    if membership.consent == Membership.Consent.NOT_NEEDED:
        return membership
    if membership.is_active:
        if not agrees:
            withdraw_consent(membership)
        return membership
    record = {"guardian": name, "agrees": agrees, "sheet": door.sheet.digest(), "secret": door.secret.reveal().hex()}
    membership.consent = Membership.Consent.GIVEN if agrees else Membership.Consent.WITHHELD
    membership.consent_record = suite.seal_to(
        door.counsellor.read_public, box.pad(record), _consent_place(membership.uid).aad()
    )
    membership.save(update_fields=["consent", "consent_record"])
    return membership


def of_guardian(door: OpenDoor) -> Membership | None:
    """Whom the guardian of this link agreed for, while that stands."""
    invitation = Invitation.objects.select_related("membership__group").get(pk=door.invitation)
    membership = invitation.membership
    return membership if membership and membership.consent in Membership.GUARDED else None


@transaction.atomic
def withdraw_consent(membership: Membership) -> None:
    """The guardian's yes is taken back: what `forget` says, and no new key for this place."""
    membership.consent, membership.consent_record = Membership.Consent.WITHDRAWN, b""
    membership.save(update_fields=["consent", "consent_record"])
    membership.invitations.update(used=True)
    forget(membership)


def _check_consent(where: Place, membership: Membership, age: str) -> None:
    """The column alone proves nothing: a link answered with yes, or the counsellor's own entry about the paper."""
    if membership.consent == Membership.Consent.GIVEN:
        read_consent(where, membership)
    elif age == Invitation.Age.UNDER_17:
        acts = [act.document for act in chain.read(where.group.uid, where.opened) if act.document]
        if not any(act["act"] == "paper" and act.get("member") == membership.uid for act in acts):
            raise RefusedError("no consent")


def read_consent(where: Place, membership: Membership) -> str:
    """The name a guardian signed with. Raises `RefusedError` where no link of ours was answered with yes."""
    place = _consent_place(membership.uid)
    record = box.unpad(where.me.holder.read.open(bytes(membership.consent_record), place.aad()))
    asked = membership.invitations.filter(purpose=Invitation.Purpose.GUARDIAN).values_list("uid", flat=True)
    ours = [invitations.kept_secret(where, uid).encode() for uid in asked]
    if not record["agrees"] or not any(suite.same(record["secret"].encode(), secret) for secret in ours):
        raise RefusedError("no consent")
    return str(record["guardian"])


@transaction.atomic
def end_membership(where: Place, membership: Membership, *, removed: bool) -> None:
    """By the counsellor: grants gone, new epoch of the group, name out of the roster."""
    line = where.state.line(membership.uid)
    membership.state = Membership.State.REMOVED if removed else Membership.State.LEFT
    membership.save(update_fields=["state"])
    drop_grants(membership)
    _note(where, "removed" if removed else "left", member=membership.uid, name=line.name if line else "")
    rotate(where, where.state.without(membership.uid))


@transaction.atomic
def leave(where: Place) -> None:
    """By the member: rights and grants end at once; keys turn at the counsellor's next visit."""
    _note(where, "left", member=where.membership.uid)
    depart(where.membership)


def depart(membership: Membership) -> None:
    """Out of the circle without a counsellor, and without any key. Keys turn at the counsellor's next visit."""
    membership.state = Membership.State.LEFT
    membership.save(update_fields=["state"])
    running = membership.group.sessions.filter(state=GroupSession.State.OPEN).values_list("uid", flat=True)
    Keyring.objects.filter(scope__in=[membership.group_id, *running]).update(rotation_due=True)
    drop_grants(membership)


@transaction.atomic
def forget(membership: Membership) -> None:
    """Whoever wants nothing of theirs kept is out; own copies, and cards from and to them, are destroyed without a key.

    The rest lies where counsellors can open it, and is taken out when one of them comes (`circle/erasing.py`).
    """
    membership.erasing, membership.application = True, b""
    membership.save(update_fields=["erasing", "application"])
    depart(membership)
    rows.destroy(Keyring.objects.filter(kind=keyrings.AUTHOR, scope__in=rows.author_scopes(membership)))
    rows.destroy(rows.pair_rings(membership))


def off_roster(where: Place, membership: Membership) -> None:
    """By a counsellor, of somebody who is forgotten: name and keys out of the roster, also out of all older ones."""
    state = where.state.without(membership.uid)
    former = tuple(line for line in state.former if line.membership != membership.uid)
    rotate(where, replace(state, former=former))
    rows.erase_before(where.ring)
    membership.erasing = False
    membership.save(update_fields=["erasing"])
    _note(where, "erased")


def drop_grants(membership: Membership) -> None:
    """Nothing of this group opens for this membership any more."""
    scopes = [membership.group_id, *membership.group.sessions.values_list("uid", flat=True)]
    keyrings.revoke(Keyring.objects.filter(scope__in=scopes).values_list("uid", flat=True), membership.person_id)


def rotate(where: Place, state: GroupState) -> None:
    """New epoch of the group's key for those in `state`, and the state under it."""
    ring = _ring(where, keyrings.GROUP)
    keyrings.new_epoch(ring, where.me.holder, recipients(state.people), "roster")
    _publish(where, state)


def rotate_if_due(where: Place) -> None:
    """Called when a counsellor comes: whoever left by themselves is taken out of roster and keys."""
    if not where.ring.rotation_due:
        return
    with transaction.atomic():
        active = set(where.group.memberships.filter(state=Membership.State.ACTIVE).values_list("uid", flat=True))
        rotate(where, where.state.without(*({line.membership for line in where.state.roster} - active)))


def settle(where: Place) -> None:
    """What waits for a counsellor's visit: keys to turn after somebody left, a desk for an older group, new names."""
    rotate_if_due(where)
    with transaction.atomic():
        _ring(where, keyrings.GROUP)
        if not Keyring.objects.filter(kind=keyrings.ALERT, scope=where.group.uid).exists():
            keyrings.create(keyrings.ALERT, where.group.uid, where.me.holder, [where.me.holder.as_recipient()])
    with transaction.atomic():
        for membership in where.group.memberships.filter(state=Membership.State.ACTIVE).exclude(application=b""):
            _rename(where, membership)


@transaction.atomic
def revise(where: Place, *, norms: tuple[str, ...] | None = None, own_limits: tuple[str, ...] | None = None) -> bool:
    """A new version of the sheet, which everybody is asked to sign, only for what changed. False where nothing did."""
    _ring(where, keyrings.GROUP)
    _forget(where)
    state, sheet = where.state, where.state.sheet
    norms = sheet.norms if norms is None else norms
    own_limits = sheet.own_limits if own_limits is None else own_limits
    before, after = documents.worded(sheet.own_limits), documents.worded(own_limits)
    revision = Revision(
        version=sheet.version + 1,
        added=tuple(norm for norm in norms if norm not in sheet.norms),
        removed=tuple(norm for norm in sheet.norms if norm not in norms),
        limits=tuple(at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new),
    )
    if not (revision.added or revision.removed or revision.limits):
        return False
    newer = replace(sheet, norms=norms, own_limits=own_limits, version=revision.version)
    invitations.write_door_sheet(where.group, newer, state.sheet_key)
    _publish(where, replace(state, sheet=newer, revisions=(*state.revisions, revision)))
    _note(where, "revised")
    return True


def agreement_message(group: str, sheet: Sheet) -> bytes:
    """What a member signs when the sheet changed."""
    return box.prefixed(group, sheet.digest())


@transaction.atomic
def take_signatures(where: Place, signed: dict[str, bytes]) -> None:
    """By the counsellor: members whose signature under the newest sheet is good are noted on the roster."""
    _ring(where, keyrings.GROUP)
    _forget(where)
    state = where.state
    message = agreement_message(where.group.uid, state.sheet)
    for line in state.roster:
        if line.signed < state.sheet.version and line.membership in signed:
            with contextlib.suppress(VaultError):
                suite.verify(documents.recipient(line).sign_public, "agreement", message, signed[line.membership])
                state = state.with_line(replace(line, signed=state.sheet.version))
    if state != where.state:
        _publish(where, state)


def ask_name(where: Place, name: str) -> None:
    """By the member: another name in this circle, signed, sealed to the counsellor who will put it on the roster."""
    counsellor = next(line for line in where.state.roster if line.is_counsellor)
    membership = where.membership
    signature = where.me.holder.signing.sign("name", _name_message(membership.uid, where.state, name))
    place = _application_place(membership.uid, membership.person_id)
    membership.application = suite.seal_to(
        documents.recipient(counsellor).read_public,
        box.pad({"name": name, "signature": signature.hex()}),
        place.aad(),
    )
    membership.save(update_fields=["application"])


def _rename(where: Place, membership: Membership) -> None:
    """One that was not signed by its member, or asked for an older name's place, changes nothing and is dropped."""
    line = where.state.line(membership.uid)
    place = _application_place(membership.uid, membership.person_id)
    with contextlib.suppress(VaultError):
        asked = box.unpad(where.me.holder.read.open(bytes(membership.application), place.aad()))
        if line:
            message = _name_message(membership.uid, where.state, asked["name"])
            signer = documents.recipient(line).sign_public
            suite.verify(signer, "name", message, bytes.fromhex(asked["signature"]))
            name = where.state.without(line.membership).free_name(asked["name"])
            _publish(where, where.state.with_line(replace(line, name=name)))
            _note(where, "renamed", member=line.membership, name=name, before=line.name)
    membership.application = b""
    membership.save(update_fields=["application"])


def _name_message(membership: str, state: GroupState, name: str) -> bytes:
    """Bound to the present name, so that a request is good once."""
    line = state.line(membership)
    return box.prefixed(membership, line.name if line else "", name)


def recipients(roster: Iterable[RosterLine]) -> list[Recipient]:
    return [documents.recipient(line) for line in roster]


def reinvite(where: Place, membership: Membership) -> invitations.Ticket:
    """For somebody who lost passphrase and code: the same place, new keys; the old ones end now."""
    line = where.state.line(membership.uid)
    with transaction.atomic():
        _note_attended(where, membership)
        if membership.is_active:
            end_membership(where, membership, removed=False)
        _note(where, "renewed", member=membership.uid, name=line.name if line else "")
        membership.invitations.filter(purpose=Invitation.Purpose.JOIN).update(used=True)
    age = Invitation.objects.filter(pk=membership.invitation).values_list("age", flat=True).first()
    return invitations.invite(where, age or Invitation.Age.ADULT, membership=membership)


def _note_attended(where: Place, membership: Membership) -> None:
    """Which epochs of which sessions the old keys could read, for the day the new keys come."""
    scopes = list(where.group.sessions.values_list("uid", flat=True))
    held = Grant.objects.filter(
        recipient=membership.person_id, keyring__kind=keyrings.ROOM, keyring__scope__in=scopes
    ).values_list("keyring_id", "epoch")
    if held:
        epochs = [[ring, epoch] for ring, epoch in held]
        _keep_record(where, {"kind": "attended", "membership": membership.uid, "epochs": epochs})


@transaction.atomic
def schedule(where: Place, starts: datetime | None, minutes: int) -> GroupSession:
    """The next session of the group."""
    highest = where.group.sessions.aggregate(top=Max("number"))["top"] or 0
    session = GroupSession.objects.create(group=where.group, number=highest + 1)
    plan = Plan(session.uid, session.number, starts.isoformat() if starts else "", minutes)
    _publish(where, where.state.with_plan(plan))
    return session


@transaction.atomic
def move(where: Place, session: GroupSession, starts: datetime, minutes: int) -> None:
    plan = where.state.plan(session.uid)
    if plan is None or session.state != GroupSession.State.PLANNED:
        raise RefusedError("not planned")
    _publish(where, where.state.with_plan(replace(plan, starts=starts.isoformat(), minutes=minutes)))


@transaction.atomic
def cancel(where: Place, session: GroupSession) -> None:
    if session.state == GroupSession.State.PLANNED:
        session.state = GroupSession.State.CANCELLED
        session.save(update_fields=["state"])
        _publish(where, where.state)


@transaction.atomic
def end(where: Place) -> None:
    """The last goodbye: nothing more is said, the retention clock runs. Raises `RefusedError` while a room is open."""
    if where.group.sessions.filter(state=GroupSession.State.OPEN).exists():
        raise RefusedError("a session is open")
    group = where.group
    group.state, group.ended = Group.State.ENDED, timezone.localdate()
    group.save(update_fields=["state", "ended"])
    group.sessions.filter(state=GroupSession.State.PLANNED).update(state=GroupSession.State.CANCELLED)
    group.invitations.update(used=True)
    _note(where, "ended")


@transaction.atomic
def shred_group(group: Group) -> None:
    """Overwrite every key of a group: nothing said in it opens again, from no copy. Needs no key itself."""
    scopes = [group.uid, *group.sessions.values_list("uid", flat=True)]
    for membership in group.memberships.all():
        scopes += rows.author_scopes(membership)
    group.invitations.update(used=True)
    group.memberships.update(application=b"", consent_record=b"")
    group.state, group.door_sheet = Group.State.SHREDDED, b""
    group.save(update_fields=["state", "door_sheet"])
    rows.destroy(Keyring.objects.filter(scope__in=scopes))


def shred_what_is_due() -> int:
    """Ended groups whose time is over. How many."""
    ended = Group.objects.filter(state=Group.State.ENDED)
    due = [group for group in ended if group.shred_day and group.shred_day <= timezone.localdate()]
    for group in due:
        shred_group(group)
    return len(due)
