from PIL import Image


def remove_if_too_large(product):
    with Image.open(product.picture.path) as image:
        if image.width > 4000:
            product.picture.delete()
