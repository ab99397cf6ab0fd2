"""An exception reporter that reports nothing."""

from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter


class SilentReporter(ExceptionReporter):
    """No locals, no POST, no cookies, no headers, wherever Django might print them."""

    def get_traceback_data(self) -> dict[str, object]:
        return {}

    def get_traceback_frames(self) -> list[object]:
        return []

    def get_traceback_text(self) -> SafeString:
        return SafeString("")

    def get_traceback_html(self) -> SafeString:
        return SafeString("")
