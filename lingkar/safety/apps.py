from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "lingkar.safety"
    label = "safety"
