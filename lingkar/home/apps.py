from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "lingkar.home"
    label = "home"
