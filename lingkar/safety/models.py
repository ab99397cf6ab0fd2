"""Crisis contacts: readable at rest and to everybody on purpose (docs/public-by-design.md)."""

from django.db import models


class CrisisContact(models.Model):
    """Somebody or some service to turn to; the named local human comes first."""

    order = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40)
    checked = models.DateField()
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
