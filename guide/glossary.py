"""The guide's terms, each in a sentence or two."""

from dataclasses import dataclass

from django.utils.text import slugify


@dataclass(frozen=True)
class Term:
    """`chapter` is the slug of the chapter that is about it."""

    name: str
    meaning: str
    chapter: str

    @property
    def anchor(self) -> str:
        return slugify(self.name)


TERMS = (
    Term(
        "alias",
        "A key of STORAGES: “default” for uploads, “staticfiles” for static files, and any others of your own.",
        "storages",
    ),
    Term(
        "ASGI",
        "The interface between an asynchronous server, such as Uvicorn, and a Python application: asgi.py.",
        "who-serves-what",
    ),
    Term("backend", "The class behind an alias of STORAGES, named by its dotted path.", "storages"),
    Term(
        "bucket",
        "A place in object storage: files, each under a name of its own, with rules that say who may read and write.",
        "object-storage",
    ),
    Term(
        "bundler",
        "A program that turns many source modules into few files for the browser: Vite, esbuild.",
        "build-tools",
    ),
    Term(
        "cache",
        "A place that keeps copies of answers and hands them out instead of asking again: the browser’s, a CDN’s.",
        "caches",
    ),
    Term("Cache-Control", "The response header that says who may keep an answer and for how long.", "caches"),
    Term(
        "CDN",
        "Content delivery network: servers near the visitors that keep copies of what the origin has answered.",
        "caches",
    ),
    Term(
        "clash",
        "Two static files with the same path below STATIC_URL. One of them is served, the other one is not.",
        "finders",
    ),
    Term("collectstatic", "The command that copies what the finders find into STATIC_ROOT.", "collectstatic"),
    Term(
        "CORS",
        "A header by which a server lets pages of other hosts use its fonts and modules: Access-Control-Allow-Origin.",
        "caches",
    ),
    Term(
        "DEBUG",
        "The setting that turns on error pages for programmers, runserver’s static files and the media "
        "route. Off in production.",
        "runserver",
    ),
    Term(
        "environment variable",
        "A named value that a program gets when it is started. Secrets and host names come to the settings this way.",
        "deployment",
    ),
    Term(
        "ES module",
        "A script that imports others and is imported: <script type=“module”>. Bundlers write such files.",
        "build-tools",
    ),
    Term(
        "ETag",
        "A response header that identifies one version of a file. A browser sends it back to ask whether "
        "that has changed.",
        "hashed-names",
    ),
    Term(
        "EXIF",
        "Data that a camera writes into a photo beside its pixels: which side is up, when and where it was taken.",
        "three-kinds-of-files",
    ),
    Term("finder", "A class that knows folders with static files, and looks for a path in them.", "finders"),
    Term("findstatic", "The command that asks the finders for a path and prints what they find.", "finders"),
    Term(
        "hashed name",
        "A file name that contains a part of the content’s hash: new content, new name.",
        "hashed-names",
    ),
    Term(
        "heuristic freshness",
        "How long a browser keeps a file that came without Cache-Control: often a tenth of the file’s age.",
        "caches",
    ),
    Term(
        "ImageField",
        "A model or form field for a picture. The column holds a name; the file goes to the storage. It needs Pillow.",
        "uploads",
    ),
    Term(
        "immutable",
        "A word in Cache-Control: the file never changes, so a browser need not ask again, even when the "
        "visitor reloads.",
        "hashed-names",
    ),
    Term(
        "import map",
        "A list in a page that leads from the names in import statements to addresses.",
        "build-tools",
    ),
    Term("manifest", "staticfiles.json: the list that leads from each plain name to its hashed one.", "hashed-names"),
    Term(
        "media file",
        "A file that is made while the program runs: uploaded by a visitor, or generated for one.",
        "three-kinds-of-files",
    ),
    Term(
        "media route",
        "A line in urls.py, made by static(), that serves uploads while DEBUG is on.",
        "who-serves-what",
    ),
    Term(
        "middleware",
        "A layer around every view, listed in MIDDLEWARE; a request passes the layers from the top down.",
        "whitenoise",
    ),
    Term(
        "MIME type",
        "What a response says it contains, in its Content-Type header: text/css, image/png.",
        "who-serves-what",
    ),
    Term(
        "mini-project",
        "The project that the playground and the predictions start: two apps, a page and an upload form. Its "
        "settings are project/settings.py.",
        "three-kinds-of-files",
    ),
    Term(
        "multipart",
        "The format in which a form sends files, a part for each field: enctype=“multipart/form-data”.",
        "uploads",
    ),
    Term(
        "namespacing",
        "Putting an app’s static files into a folder with the app’s name, so that no two apps have the same path.",
        "finders",
    ),
    Term(
        "nginx",
        "A web server that hands out files from disk and passes everything else on to Django’s server.",
        "nginx",
    ),
    Term(
        "nosniff",
        "The value of X-Content-Type-Options: the browser must believe the Content-Type and not guess.",
        "media-in-production",
    ),
    Term(
        "object storage",
        "A service that keeps files under keys and is reached by HTTP: Amazon S3 and what speaks its protocol.",
        "object-storage",
    ),
    Term(
        "origin",
        "For a CDN: the server that it asks when it has no copy. For a browser: scheme, host and port together.",
        "caches",
    ),
    Term(
        "post-processing",
        "What a storage class does to files after they have been collected: hash, compress, minify.",
        "storages",
    ),
    Term(
        "reverse proxy",
        "A server that takes requests and passes them on to another, such as nginx before Gunicorn.",
        "nginx",
    ),
    Term("runserver", "Django’s development server.", "runserver"),
    Term(
        "sandbox",
        "A word in a Content-Security-Policy: a page that comes with it runs no script and has an origin of its own.",
        "nginx",
    ),
    Term(
        "signed address",
        "An address that contains a signature and a time; until then it opens a private file of a bucket.",
        "object-storage",
    ),
    Term("source file", "Code: what programmers write and the computer runs.", "three-kinds-of-files"),
    Term(
        "source map",
        "A file that leads from minified code to its sources, for a browser’s developer tools.",
        "what-stops-a-build",
    ),
    Term(
        "starter",
        "The small project to copy that this guide quotes. Take it from /starter.zip; /guide/starter/ explains it.",
        "three-kinds-of-files",
    ),
    Term(
        "static file",
        "A file for browsers that is shipped with the code: a stylesheet, a script, a logo.",
        "three-kinds-of-files",
    ),
    Term(
        "static files handler",
        "The layer that runserver puts around your project while DEBUG is on. It serves static files from the sources.",
        "runserver",
    ),
    Term(
        "status",
        "The number that a response begins with: 200 it came, 302 go elsewhere, 304 your copy is still "
        "right, 404 nothing here, 500 the program failed.",
        "who-serves-what",
    ),
    Term(
        "storage class",
        "A class with open(), save(), url() and other methods, which knows where uploads or collected files "
        "are stored.",
        "storages",
    ),
    Term(
        "template tag",
        "A piece of Django’s template language between {% and %}, such as {% static %}.",
        "naming-a-file",
    ),
    Term(
        "upload handler",
        "A class that decides where an uploaded file waits while it arrives: in memory, on the disk, or not at all.",
        "uploads",
    ),
    Term(
        "upstream",
        "In nginx: the server behind it that it passes requests on to, such as Gunicorn.",
        "nginx",
    ),
    Term(
        "WhiteNoise",
        "A package whose middleware hands out static files from within Django’s own process.",
        "whitenoise",
    ),
    Term(
        "WSGI",
        "The interface between a server, such as Gunicorn, and a Python application: wsgi.py.",
        "who-serves-what",
    ),
    Term(
        "X-Accel-Redirect",
        "A response header that nginx reads: the view decides who may have a private file, and nginx sends it.",
        "media-in-production",
    ),
)
BY_NAME = {term.name: term for term in TERMS}
