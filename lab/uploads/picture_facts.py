"""What kind of picture some bytes are."""

import io


def picture_facts(content: bytes) -> dict[str, str | None]:
    """Return `kind`, `size` and `gps` of a file's content; the kind is "other" when Pillow does not know it."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            place = picture.getexif().get_ifd(0x8825)
            return {
                "kind": picture.format,
                "size": f"{picture.width}x{picture.height}",
                "gps": "yes" if place else "no",
            }
    except Exception:
        return {"kind": "other", "size": None, "gps": "yes" if b"GPS" in content else "no"}
