"""Static files under hashed names, imports between modules included: one file must not be loaded under two names."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # servestatic ships no types
    support_js_module_import_aggregation = True
