from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lingkar.accounts"
    label = "accounts"
