from PIL import Image


def remove_if_too_large(product):
    with Image.open(product.picture.path) as image:
        too_large = image.width > 4000
    if too_large:
        product.picture.delete()
