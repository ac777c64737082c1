"""Claims about the names and the storing of files: how a project names a static file, what becomes of an upload."""

import re

from lab.evidence.claim import Claim, but
from lab.evidence.claims.files import MANIFEST
from lab.evidence.matchers import PRODUCTION, X, css, request, said, status
from lab.experiment import Knobs
from lab.observation import Observation

HASHED_PLAINLY: Knobs = {"debug": "off", "storage": "manifest"}  # collected by the variation itself


def named(seen: Observation) -> set[str]:
    """Return the addresses that the experiment's lines end with."""
    lines = said(seen, "shell").stdout.splitlines()
    return {line.rpartition(" ")[2] for line in lines} if len(lines) == 5 else set()


NAME_CLAIMS = (
    Claim(
        "every-way-to-name-asks-the-storage",
        "With a hashed storage the static tag, the tag with `as` or with a variable, the function static() and a "
        "form’s class Media all give the same hashed name.",
        (X(**MANIFEST, variation="ways-to-name"),),
        lambda seen: bool(re.fullmatch(r"/static/app\.[0-9a-f]{12}\.css", "".join(named(seen)))),
        "Use whichever fits the place; none of them needs STATIC_URL.",
        foil=but(storage="plain"),
    ),
    Claim(
        "save-tells-the-name-that-was-used",
        "default_storage.save() gives back the name under which it stored the file, by default another one when the "
        "name is taken; open(), url() and delete() take that name.",
        (X(variation="files-of-the-program"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()
            == [
                "asked for one name twice: two names",
                "open: b'seven again'",
                "url begins with MEDIA_URL: True",
                "after delete: [True, False]",
            ]
        ),
        "Keep what save() returned, not what you asked for.",
        foil=but(variation="files-of-the-program-overwritten", words="with allow_overwrite"),
    ),
    Claim(
        "a-taken-name-gets-seven-characters",
        "A FileField turns the spaces in a name into underscores. By default FileSystemStorage adds an underscore and "
        "seven random characters to a name that is taken.",
        (X(variation="names-of-uploads"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()[:2]
            == ["stored: photos/my_photo.png", "again: photos/my_photo_and-seven-more.png"]
        ),
        "photo.png, and then photo_Zx81kQd.png: the ending stays.",
        foil=but(variation="names-of-uploads-overwritten", words="with allow_overwrite"),
    ),
    Claim(
        "a-field-in-a-template-is-its-name",
        "In a template the field prints the stored name; its url prints the address, which begins with MEDIA_URL "
        "unless the storage has a base_url.",
        (X(variation="names-of-uploads"),),
        lambda seen: (
            said(seen, "shell").stdout.splitlines()[2:]
            == [
                "{{ product.photo }}: photos/my_photo.png",
                "{{ product.photo.url }}: /media/photos/my_photo.png",
            ]
        ),
        "{{ product.photo.url }}",
        foil=but(variation="names-of-uploads-overwritten", words="with base_url in the storage’s OPTIONS"),
    ),
    Claim(
        "script-objects-in-media",
        "forms.Script in a class Media prints attributes such as type=module, and with a hashed storage the hashed "
        "name.",
        (X(**HASHED_PLAINLY, variation="script-in-media"),),
        lambda seen: bool(
            re.fullmatch(
                r'<script src="/static/form\.[0-9a-f]{12}\.js" type="module"></script>',
                said(seen, "shell").stdout.strip(),
            )
        ),
        'js = [forms.Script("app1/form.js", type="module")]',
        foil=but(storage="plain"),
    ),
    Claim(
        "translations-come-from-a-view",
        "JavaScriptCatalog is a view: without collectstatic its script arrives, and the stylesheet returns 404.",
        (X(**PRODUCTION, variation="javascript-catalog"),),
        lambda seen: (
            (status(seen, "catalog"), css(seen).status) == (200, 404)
            and request(seen, "catalog").headers["content-type"].startswith("text/javascript")
        ),
        "Name it with {% url %}, not with the static tag.",
        foil=but(collect="yes"),
    ),
    Claim(
        "media-route-has-no-ranges",
        "The media route answers 304 to a browser that has the file, and sends the whole file, with 200, where a part "
        "was asked for. A folder returns 404: it is not listed.",
        (X(upload="png", variation="media-asked"),),
        lambda seen: [status(seen, label) for label in ("again", "part", "folder")] == [304, 200, 404],
        "To seek in a video, put nginx in front: it answers 206.",
        foil=but(server="nginx"),
    ),
    Claim(
        "media-route-in-an-included-file",
        "In a urls.py that is included below a prefix the media route serves uploads below that prefix, and their "
        "address returns 404.",
        (X(upload="png", variation="media-route-included"),),
        lambda seen: status(seen, "media") == 404 and status(seen, "below") == 200,
        "Write the route in the project’s own urls.py.",
        foil=but(variation="none", words="in the project’s own urls.py"),
    ),
    Claim(
        "static-beside-manage-py-is-nobodys",
        "A folder static/ beside manage.py belongs to no app: while STATICFILES_DIRS does not name it, its files "
        "return 404.",
        (X(variation="static-beside-manage-py"),),
        lambda seen: status(seen, "site") == 404,
        'STATICFILES_DIRS = [BASE_DIR / "static"]',
        foil=but(variation="static-beside-manage-py-named", words="once STATICFILES_DIRS names it"),
    ),
    Claim(
        "a-handler-stops-an-upload",
        "An upload handler that counts and raises StopUpload stops an upload of 1.5 MB at a million bytes: the form "
        "comes back, and MEDIA_ROOT stays empty.",
        (X(variation="counted-upload"),),
        lambda seen: status(seen, "large") == 200 and seen.media_root == (),
        "Put it first in FILE_UPLOAD_HANDLERS.",
        foil=but(variation="upload-thresholds", words="with Django’s own handlers"),
    ),
    Claim(
        "a-storage-of-ones-own-keeps-uploads",
        "With a custom class as default, the form’s upload and files of the program are stored where that class puts "
        "them, and MEDIA_ROOT stays empty.",
        (X(upload="png", variation="own-upload-storage"),),
        lambda seen: (
            request(seen, "upload").headers["location"] == "/archive/picture.png"
            and seen.media_root == ()
            and said(seen, "shell").stdout.split() == ["False", "b'two'", "3", "True", "True", "False"]
        ),
        "Test save, open, url and delete, and two files of one name.",
        foil=but(variation="none", words="with FileSystemStorage"),
    ),
    Claim(
        "asgi-handler-serves-static-files",
        "With ASGIStaticFilesHandler around the application uvicorn serves static files, from the sources.",
        (X(server="uvicorn", variation="asgi-static-handler"),),
        lambda seen: css(seen).status == 200 and css(seen).source == "app1/static/app.css" and seen.static_root == (),
        "For development: it is the layer that runserver has.",
        foil=but(variation="none", words="without it"),
    ),
)
