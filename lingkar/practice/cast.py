"""Makes a practice room: scripted members are ordinary memberships with keys of their own and random passphrases."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from lingkar.accounts import signin, words
from lingkar.accounts.middleware import Me
from lingkar.accounts.models import Role
from lingkar.circle import meeting, texts
from lingkar.groups import actions, invitations
from lingkar.groups.access import Place, update_book
from lingkar.groups.documents import Sheet
from lingkar.groups.models import Invitation
from lingkar.practice.scripts import Script
from lingkar.principles.confidentiality import limits

MINUTES, FIRST_STAGE_MINUTES, KEPT_DAYS = 40, 6, 1


@dataclass(frozen=True)
class Room:
    """An open practice session and its scripted members by name."""

    session: str
    members: dict[str, Me]


def make_room(me: Me, script: Script, language: str) -> Room:
    """Group, members and session, all let in. Some seconds of key derivation."""
    where = actions.make_group(me, _sheet(script, language), is_practice=True)
    members = {name: join(where, name) for name in script.members}
    actions.confirm_all(where)
    session = actions.schedule(where, timezone.now(), MINUTES)
    meeting.open_session(where, session, FIRST_STAGE_MINUTES)
    session.refresh_from_db()
    meeting.admit(where, session, where.group.memberships.exclude(pk=where.membership.pk))
    return Room(session.uid, members)


def _sheet(script: Script, language: str) -> Sheet:
    return Sheet(
        name=script.title[language],
        purpose=script.about[language],
        leader=_("Konselor"),
        mode="online",
        size=len(script.members),
        meetings=1,
        minutes=MINUTES,
        norms=tuple(texts.norm_texts()),
        promises=tuple(texts.promise_texts()),
        limits=limits.VERSION,
        retention_days=KEPT_DAYS,
        backup=_("Rekan konselor"),
    )


def join(where: Place, name: str) -> Me:
    """Through the same door as everybody."""
    person, holder, _code = signin.register(
        signin.free_login(), words.new_passphrase(words.MEMBER_WORDS), Role.MEMBER, None
    )
    door = invitations.open_fragment(invitations.invite(where, Invitation.Age.ADULT).fragment)
    answers = {situation.id: situation.right for situation in limits.SITUATIONS}
    actions.apply(door, person, holder, name, answers)
    member = Me(person, holder)
    update_book(member, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    return member
