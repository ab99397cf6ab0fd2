"""Groups, memberships and sessions as opaque rows; everything readable about them is sealed."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.accounts.models import Person
from lingkar.vault.models import new_uid


class Group(models.Model):
    """A counselling group (lingkar)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Berjalan")
        ENDED = "ended", _("Selesai")
        SHREDDED = "shredded", _("Dimusnahkan")

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    is_practice = models.BooleanField(default=False)
    retention_days = models.PositiveIntegerField()
    ended = models.DateField(null=True)
    door_sheet = models.BinaryField(default=bytes)

    READABLE: ClassVar = (State.ACTIVE, State.ENDED)

    def __str__(self) -> str:
        return self.uid

    @property
    def shred_day(self) -> date | None:
        """When everything of an ended group is destroyed."""
        return self.ended + timedelta(days=self.retention_days) if self.ended else None


class Membership(models.Model):
    """Somebody's place in a group. The chosen name lies in the sealed roster.

    `erasing`: what they gave is still to be taken out by a counsellor, who can open where it lies.
    """

    class Role(models.TextChoices):
        COUNSELLOR = "counsellor", _("Konselor")
        MEMBER = "member", _("Anggota")
        BACKUP = "backup", _("Cadangan")

    IN_CIRCLE: ClassVar = (Role.COUNSELLOR, Role.MEMBER)

    class State(models.TextChoices):
        APPLIED = "applied", _("Menunggu")
        ACTIVE = "active", _("Anggota")
        LEFT = "left", _("Sudah keluar")
        REMOVED = "removed", _("Dikeluarkan")

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", _("Tidak perlu")
        WAITING = "waiting", _("Menunggu wali")
        GIVEN = "given", _("Wali setuju")
        PAPER = "paper", _("Wali setuju di kertas")
        WITHHELD = "withheld", _("Wali tidak setuju")
        WITHDRAWN = "withdrawn", _("Wali menarik persetujuan")

    OPEN_CONSENTS: ClassVar = (Consent.NOT_NEEDED, Consent.GIVEN, Consent.PAPER)
    GUARDED: ClassVar = (Consent.GIVEN, Consent.PAPER)

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    consent = models.CharField(max_length=12, choices=Consent, default=Consent.NOT_NEEDED)
    seat = models.PositiveIntegerField()
    application = models.BinaryField(default=bytes)
    consent_record = models.BinaryField(default=bytes)
    invitation = models.CharField(max_length=32, default="")
    erasing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "seat"], name="one_membership_a_seat")]

    def __str__(self) -> str:
        return self.uid

    @property
    def is_counsellor(self) -> bool:
        return self.role == self.Role.COUNSELLOR

    @property
    def is_backup(self) -> bool:
        return self.role == self.Role.BACKUP

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_ready(self) -> bool:
        """May be confirmed by the counsellor."""
        return self.state == self.State.APPLIED and self.consent in self.OPEN_CONSENTS


class GroupSession(models.Model):
    """One meeting of a group. Its date lies in the group's sealed state, its stage in the room's events."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        OPEN = "open", _("Sedang berlangsung")
        CLOSED = "closed", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    seal = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_session_a_number")]

    def __str__(self) -> str:
        return self.uid


class SealedEvent(models.Model):
    """Everything said, marked or decided. No author, no time, no kind in clear; a withdrawn row has an empty blob."""

    uid = models.CharField(primary_key=True, max_length=32)
    keyring = models.CharField(max_length=32)
    epoch = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    day = models.DateField()
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keyring", "number"], name="one_row_a_number")]

    def __str__(self) -> str:
        return self.uid


class Invitation(models.Model):
    """Permission to register, to come back, or (for a guardian) to consent. Opens one sheet only."""

    class Purpose(models.TextChoices):
        JOIN = "join", _("Bergabung")
        GUARDIAN = "guardian", _("Persetujuan wali")
        BACKUP = "backup", _("Cadangan konselor")

    class Age(models.TextChoices):
        UNDER_17 = "under_17", _("Di bawah 17 tahun")
        SEVENTEEN = "seventeen", _("17 tahun")
        ADULT = "adult", _("Dewasa")

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.JOIN)
    age = models.CharField(max_length=10, choices=Age, default=Age.ADULT)
    lookup = models.CharField(max_length=64, unique=True)
    selector = models.CharField(max_length=4, unique=True)
    code_salt = models.BinaryField()
    code_verifier = models.BinaryField()
    code_wrap = models.BinaryField()
    sheet_wrap = models.BinaryField()
    kept_secret = models.BinaryField()
    wrong_tries = models.PositiveIntegerField(default=0)
    last_day = models.DateField()
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.uid
