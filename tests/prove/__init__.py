"""Proofs that take longer than the suite may. Run by script/prove, one module each."""

import django

django.setup()
