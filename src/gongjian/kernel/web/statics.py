"""Static files under names that change with their content, the imports inside scripts included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A script that imports another by its plain name would find nothing: only hashed names are served."""

    support_js_module_import_aggregation = True
