from django.core.files.storage import default_storage


def signed_form(name):
    """Return address and fields of a form that puts one file into the bucket."""
    client = default_storage.connection.meta.client
    return client.generate_presigned_post(default_storage.bucket_name, f"incoming/{name}", ExpiresIn=600)
