import uuid

from django.core.files.storage import default_storage

LARGEST = 100 * 1024 * 1024  # bytes


def signed_form(content_type):
    """Return address and fields of a form that puts one file of that type into the bucket."""
    client = default_storage.connection.meta.client
    return client.generate_presigned_post(
        default_storage.bucket_name,
        f"incoming/{uuid.uuid4().hex}",
        Fields={"Content-Type": content_type},
        Conditions=[["content-length-range", 1, LARGEST], {"Content-Type": content_type}],
        ExpiresIn=600,
    )
