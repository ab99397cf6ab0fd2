"""Loaded before Django's settings: tests live in a data folder of their own."""

import os
import tempfile

os.environ["LINGKAR_DATA"] = tempfile.mkdtemp(prefix="lingkar-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "lingkar.settings"
os.environ.pop("LINGKAR_HOST", None)
