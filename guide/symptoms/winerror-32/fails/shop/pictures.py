from PIL import Image


def remove_if_too_large(product):
    image = Image.open(product.picture.path)
    if image.width > 4000:
        product.picture.delete()
