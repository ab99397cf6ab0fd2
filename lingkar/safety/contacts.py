"""The crisis card's contacts: a named local human first, then services (domain.md, section c4)."""

from django.utils import timezone
from django.utils.translation import gettext_noop

from lingkar.safety.models import CrisisContact

SERVICES = (
    ("119", gettext_noop("Kalau nyawa terancam sekarang. Ambulans dan gawat darurat, gratis.")),
    ("SAPA 129", gettext_noop("Kekerasan pada anak atau perempuan, 24 jam.")),
)
PHONES = {"119": "119", "SAPA 129": "129"}


def first_contact(name: str, phone: str) -> None:
    """The local human named at set-up, and the services that come with Lingkar."""
    today = timezone.localdate()
    CrisisContact.objects.create(order=0, name=name, phone=phone, checked=today, is_local=True)
    for order, (service, note) in enumerate(SERVICES, start=10):
        CrisisContact.objects.create(order=order, name=service, note=note, phone=PHONES[service], checked=today)
