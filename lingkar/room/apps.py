from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "lingkar.room"
    label = "room"
