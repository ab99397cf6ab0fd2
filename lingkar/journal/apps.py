from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "lingkar.journal"
    label = "journal"
