from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lingkar.desk"
    label = "desk"
