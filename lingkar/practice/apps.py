from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "lingkar.practice"
    label = "practice"
