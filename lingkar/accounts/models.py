"""Accounts without a name in clear. The organisation's name is public on purpose (docs/public-by-design.md)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.vault.models import Identity


class Role(models.TextChoices):
    COUNSELLOR = "counsellor", _("Konselor")
    MEMBER = "member", _("Anggota")


class Organisation(models.Model):
    """The one organisation of this installation; readable at rest, its own wording of the limits included."""

    name = models.CharField(max_length=120)
    own_limits = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="id")
    installed = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def current(cls) -> Self | None:
        return cls.objects.first()


class Person(models.Model):
    """Somebody who can sign in. The login name is kept only as a keyed hash."""

    identity = models.OneToOneField(Identity, on_delete=models.CASCADE, primary_key=True, related_name="person")
    login_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=12, choices=Role)
    leads_installation = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.identity_id

    @property
    def is_counsellor(self) -> bool:
        return self.role == Role.COUNSELLOR


class KnownDevice(models.Model):
    """A browser that signed in as this person before; it keeps its own count of wrong tries."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.pk)


class ConsoleCode(models.Model):
    """A one-time code printed on the console that lets one counsellor register."""

    code_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)
    made = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)
