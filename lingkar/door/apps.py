from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "lingkar.door"
    label = "door"
