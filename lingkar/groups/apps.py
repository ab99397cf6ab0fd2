from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "lingkar.groups"
    label = "groups"
