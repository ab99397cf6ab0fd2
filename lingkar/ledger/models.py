"""Signed chains of acts, one for each group (security model, section 6)."""

from django.db import models


class LedgerEntry(models.Model):
    """What was done is sealed under the group's key; order, hash and signature are in clear."""

    chain = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    day = models.DateField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    keyring = models.CharField(max_length=32)
    epoch = models.PositiveIntegerField()
    blob = models.BinaryField()
    signer = models.CharField(max_length=32)
    sign_public = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="one_entry_a_number")]

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}"
