from django.apps import AppConfig
from django.conf import settings

from lingkar.lexicon import local


class SafetyConfig(AppConfig):
    name = "lingkar.safety"
    label = "safety"

    def ready(self) -> None:
        """Words that this installation added to the checks."""
        local.use(settings.DATA / local.FILE)
