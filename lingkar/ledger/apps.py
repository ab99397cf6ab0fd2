from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "lingkar.ledger"
    label = "ledger"
