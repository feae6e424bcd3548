"""Static files under names that change with their content, the imports inside our scripts included."""

from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from gongjian.kernel.rooms import rooms


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A script of ours that imports another by its plain name would find nothing: only hashed names are served.

    Other people's scripts are left as they came: some have an import in a comment.
    """

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, *args: Any, **kwargs: Any) -> Callable[[Any], str]:
        ours = name.startswith(tuple(f"{room.label}/" for room in rooms()))
        if name.endswith(".js") and not ours:
            return lambda match: str(match[0])
        convert: Callable[[Any], str] = super().url_converter(name, *args, **kwargs)
        return convert
