"""Static files in a bucket: hashed names that browsers keep forever, plain ones that they ask about again."""

import re
from typing import Any

from storages.backends.s3 import S3ManifestStaticStorage

HASHED = re.compile(r"\.[0-9a-f]{12}(\.[^/.]+)?$")


class StaticBucketStorage(S3ManifestStaticStorage):  # type: ignore[misc]  # django-storages has no types
    """django-storages' own with a Cache-Control for each kind of name. A CDN in front compresses; a bucket does not."""

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        age = "max-age=315360000, public, immutable" if HASHED.search(name) else "max-age=60, public"
        return {**super().get_object_parameters(name), "CacheControl": age}
