from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lingkar.reports"
    label = "reports"
