"""Opaque rows: uids, counters and sealed bytes. No name, no content, no key upward to any other floor."""

import uuid

from django.db import models


def new_uid() -> str:
    """Random 128-bit identifier, 32 hex digits."""
    return uuid.uuid4().hex


class Identity(models.Model):
    """A person's public keys, signed by themselves."""

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    generation = models.PositiveIntegerField(default=1)
    read_public = models.BinaryField()
    sign_public = models.BinaryField()
    signature = models.BinaryField()
    keybook = models.BinaryField(default=bytes)
    keybook_version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.uid


class Slot(models.Model):
    """One way to a person's SEED: passphrase or recovery code."""

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=12)
    generation = models.PositiveIntegerField()
    memory_kib = models.PositiveIntegerField(default=0)
    iterations = models.PositiveIntegerField(default=0)
    salt = models.BinaryField()
    pepper = models.CharField(max_length=16, default="")
    verifier = models.BinaryField()
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "kind"], name="one_slot_a_kind")]

    def __str__(self) -> str:
        return self.uid


class Keyring(models.Model):
    """The keys of one audience in one scope, and the counter of its rows."""

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    kind = models.CharField(max_length=12)
    scope = models.CharField(max_length=32, db_index=True)
    epoch = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    head = models.BinaryField(default=bytes)
    rotation_due = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "scope"], name="one_keyring_an_audience")]

    def __str__(self) -> str:
        return self.uid


class Epoch(models.Model):
    """One key of a keyring: its first row's number and, for a drop keyring, the signed public half."""

    keyring = models.ForeignKey(Keyring, on_delete=models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField()
    public = models.BinaryField(default=bytes)
    signer = models.CharField(max_length=32)
    signature = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keyring", "number"], name="one_epoch_a_number")]

    def __str__(self) -> str:
        return f"{self.keyring_id}:{self.number}"


class Grant(models.Model):
    """An epoch's key, sealed to one person and signed by whoever gave it."""

    uid = models.CharField(primary_key=True, max_length=32, default=new_uid)
    keyring = models.ForeignKey(Keyring, on_delete=models.CASCADE, related_name="grants")
    epoch = models.PositiveIntegerField()
    recipient = models.CharField(max_length=32, db_index=True)
    generation = models.PositiveIntegerField()
    blob = models.BinaryField()
    commitment = models.BinaryField()
    granter = models.CharField(max_length=32)
    reason = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keyring", "epoch", "recipient"], name="one_grant_a_reader"),
        ]

    def __str__(self) -> str:
        return self.uid
