from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "lingkar.ui"
    label = "ui"
