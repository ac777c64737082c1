"""Further ways in which people put their trouble, by the symptom's number: forum titles, log lines, half sentences."""

from collections.abc import Mapping
from types import MappingProxyType

_PHRASES: dict[int, str] = {
    1: """two apps have a file of the same name and the wrong one is used
        css of another app is taken instead of mine
        django picks the wrong stylesheet
        static files with identical names collide
        name clash between static folders
        which app wins
        style of one app leaks into another
        template shows the design of the other app
        It will be ignored since only the first encountered file is collected
        duplicate file name in STATICFILES_DIRS and app
        own app and third-party package both ship base.css
        my file is ignored, the package's file of the same name is loaded rather than mine
        both are named the same""",
    2: """I changed the order of INSTALLED_APPS and nothing changes on the server
        apps swapped, collectstatic keeps the old file
        collectstatic reports everything unmodified
        the file in STATIC_ROOT is still the one of the former first app
        findstatic shows the right file but the server sends another
        runserver shows the new css but the collected one is the old
        collectstatic does not overwrite existing file
        moved my app above the other app""",
    3: """created the first static folder of an app while the server was running
        first css file of the app not found until server restart
        added static directory to app and get 404
        autoreload does not notice the new static folder
        restarting runserver fixes the 404
        new app's static files not discovered until I stop and start the development server
        runserver was already running when I made the static folder of the app
        made a new static directory, not found until the development server is started again""",
    4: """STATICFILES_DIRS and STATIC_ROOT are the same directory
        check error E002
        should not contain the STATIC_ROOT setting
        collectstatic into the source static folder
        STATIC_ROOT = BASE_DIR / static and STATICFILES_DIRS = [BASE_DIR / static]""",
    5: """file name with capital letters is not found on the server
        image loads on my computer and is 404 after deployment to linux
        logo.png versus Logo.PNG
        worked on windows, missing on ubuntu
        linux file system distinguishes upper and lower case
        git does not notice the renamed case of a file""",
    6: """collectstatic ImproperlyConfigured STATIC_ROOT
        You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path
        forgot to set STATIC_ROOT
        collectstatic asks for a filesystem path
        STATIC_ROOT is not defined in settings""",
    7: """collectstatic copies to the root of the file system
        os.path.join with a leading slash ignores BASE_DIR
        relative path in STATIC_ROOT or MEDIA_ROOT depends on where I start it
        static files are collected into the wrong directory
        permission denied when creating /static
        files appear in my home directory, systemd, cron
        MEDIA_ROOT = '/media/'
        MEDIA_ROOT not set and uploads land in the project folder""",
    8: """collectstatic in Dockerfile needs SECRET_KEY
        docker image build fails, environment variable not available during build
        KeyError for an environment variable in settings while building
        The SECRET_KEY setting must not be empty
        decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value
        github actions build fails on secret key
        dummy secret key for build step""",
    9: """docker volume still contains old static files
        new image deployed but container shows old css
        static files in the volume are not updated after rebuild
        shared volume between nginx and web container is stale
        mounted volume hides files of the image
        docker compose down -v fixes the css
        bind mount over staticfiles""",
    10: """deleted static file still available
        removed css is still served, file stays in the collected folder
        collectstatic does not delete files
        collectstatic leaves out files that begin with a dot
        .well-known folder missing in STATIC_ROOT
        collectstatic ignore patterns, hidden files skipped
        old files pile up in STATIC_ROOT
        apple-app-site-association assetlinks.json acme-challenge not collected""",
    11: """collectstatic takes very long with object storage
        every deploy uploads all static files to the bucket again
        collectstatic slow boto3
        deploy hangs at collectstatic, s3
        thousands of files copied to S3 each time although nothing changed
        faster collectstatic, collectfasta
        pipeline spends half an hour in collectstatic
        S3ManifestStaticStorage slow, S3StaticStorage slow
        collectstatic with S3 takes an hour""",
    12: """Missing staticfiles manifest entry
        500 error because file is not in staticfiles.json
        manifest does not contain my css
        ManifestStaticFilesStorage ValueError in template static tag
        whitenoise CompressedManifestStaticFilesStorage server error 500
        new static file is not in the manifest
        forgot to run collectstatic with manifest storage""",
    13: """static tag with a slash at the start
        {% static '/css/app.css' %} fails with manifest
        entry for a path that begins with a slash
        path starting with / in static template tag
        remove the first slash
        double slash in static url""",
    14: """collectstatic post-processing failed
        css references a file that does not exist
        font or image in url() of a third party css is missing
        .map file could not be found with ManifestStaticFilesStorage
        The CSS file references a file which could not be found
        The JS file references a file which could not be found
        bootstrap source map missing on collectstatic
        MissingFileError
        could not be found with StaticFilesStorage object
        collectstatic crashes on vendor css""",
    15: """url in a comment of a css file
        commented out background image makes collectstatic fail
        comment in stylesheet is parsed by manifest storage
        file that is only mentioned inside a css comment could not be found
        I commented the rule out and it still complains""",
    16: """works with debug on, 500 with debug off
        page fine in development, server error in production
        missing static file not noticed while DEBUG is True
        debug mode hides the error of a file that does not exist
        only happens when DEBUG is False
        why do I see the error in production only
        typo in static path not noticed locally
        development does not complain about a static file that is missing
        why is a missing static file only an error with DEBUG off""",
    17: """javascript module import gets old file
        import statement not rewritten to hashed name
        ES6 modules cached after deploy
        does not provide an export named
        imports inside js keep the unhashed path
        browser caches imported module
        importmap and manifest storage
        old js module after release""",
    18: """all static files 404 when DEBUG is False
        no css in admin after turning debug off
        static files not found in production
        css not loading with DEBUG False
        admin page without style
        site has no styling after disabling debug
        runserver does not serve static with debug off
        everything in /static/ is not found
        static files work in debug only
        after setting DEBUG to False static files return 404
        website is plain html without any style since DEBUG is False
        all static files return 404
        css and js disappeared when I set DEBUG = False""",
    19: """css refused because mime type is text/html
        strict mime checking is enabled
        is not a supported stylesheet MIME type
        stylesheet was not loaded because its MIME type text/html is not text/css
        browser console mime type error for css
        css file returns html
        MIME type mismatch X-Content-Type-Options nosniff blocked
        script is not executable mime type text/html""",
    20: """gunicorn does not serve static files
        uvicorn daphne hypercorn no static files
        static works with runserver but not with gunicorn
        DEBUG True and gunicorn 404 static
        wsgi server ignores static
        waitress mod_wsgi no css
        switched from runserver to gunicorn and lost css""",
    21: """javascript text/plain windows registry
        js files have wrong mime type on windows
        admin scripts blocked on windows text/plain
        module script server responded with a MIME type of text/plain
        mimetypes.add_type application/javascript
        django debug toolbar not visible on windows
        python guesses wrong content type of js""",
    22: """nginx wrong content type for css
        include mime.types missing in nginx configuration
        mjs served as octet-stream
        webmanifest wrong mime type
        nginx offers css as a download
        own nginx.conf in docker serves css as text/plain
        module script application/octet-stream
        mime_types wasm nginx""",
    23: """No directory at staticfiles warning
        whitenoise UserWarning static root does not exist
        warning about missing staticfiles folder in tests
        whitenoise complains that directory is missing
        mw_instance = middleware(adapted_handler) warning""",
    24: """runserver_nostatic has no effect
        whitenoise not used in development
        whitenoise.runserver_nostatic order in INSTALLED_APPS
        runserver still uses its own static handler
        same behaviour in development with whitenoise
        put runserver_nostatic above staticfiles""",
    25: """StreamingHttpResponse must consume synchronous iterators
        asgi warning with whitenoise
        Use an asynchronous iterator instead
        FileResponse under uvicorn warns
        daphne static file warning
        sync iterator in async server""",
    26: """whitenoise does not see new files until restart
        file added at runtime is 404 with whitenoise
        collectstatic ran after the server was started
        new static file 404 until gunicorn is reloaded
        file is on disk but whitenoise says 404
        generated files in STATIC_ROOT are not found""",
    27: """whitenoise autorefresh in production
        WHITENOISE_AUTOREFRESH security
        old whitenoise version vulnerable
        whitenoise CVE path traversal
        is it safe to turn autorefresh on
        whitenoise looks on disk for every request
        upgrade to whitenoise 6.12""",
    28: """css redirected to login
        static file returns 302 to login page
        login required middleware blocks static files
        login page without css for anonymous visitors
        stylesheet only works after logging in
        authentication middleware above WhiteNoise
        static files need authentication
        custom middleware redirects all requests including static""",
    29: """static files without security headers
        nosniff header missing on static files
        HSTS missing for static with whitenoise
        WhiteNoise before SecurityMiddleware
        middleware order whitenoise security
        content security policy missing on static files
        penetration test header missing on css and js
        csp middleware below whitenoise""",
    30: """Could not find config for 'default' in settings.STORAGES
        InvalidStorageError
        upload fails with 500 since I defined STORAGES
        STORAGES needs default
        default storage alias missing
        pages work but saving a file crashes
        KeyError default storages
        STORAGES replaces the default value""",
    31: """STATICFILES_STORAGE is ignored
        setting removed in Django 5.1
        upgraded django and static files no longer have hashes
        DEFAULT_FILE_STORAGE not used any more
        uploads go to local disk instead of S3 after upgrade
        STATICFILES_STORAGE/STORAGES are mutually exclusive
        get_storage_class import error
        whitenoise compression stopped after django upgrade
        migrating to STORAGES""",
    32: """uploaded image 404 in development
        media files not shown locally
        image does not display in template, broken image icon
        missing media route in urls.py
        how to serve media files during development
        MEDIA_URL not found page not found runserver
        uploaded picture saved on disk but not found by url
        current path media didn't match any of these""",
    33: """media 404 in production with DEBUG False
        static() helper returns nothing in production
        uploaded images not displayed after deploy
        whitenoise does not serve media
        media works in development but not in production
        urlpatterns += static is there but media still 404
        how to serve media files in production""",
    34: """uploads disappear after deploy or restart
        media files deleted on heroku
        ephemeral file system
        user pictures gone after redeploy
        container restart loses uploads
        images vanish after some hours on free hosting
        where to keep uploads on render railway fly
        uploaded file no longer exists after dyno sleep
        uploaded logos are missing each morning
        uploads on Railway, Render or Heroku are gone the next day
        media files do not survive a new deployment
        user uploads wiped overnight
        pictures customers uploaded are missing again""",
    35: """private files accessible by anyone
        protect media files with login
        restrict downloads to owner
        uploaded documents are public
        media files can be seen without being logged in
        serve protected files with nginx X-Accel-Redirect
        permission check for media
        confidential pdf reachable by url
        search engine indexed uploaded files
        require a login for uploads in /media/
        files of other users can be opened by guessing the url
        contracts, invoices, medical records in media are open to everybody""",
    36: """video cannot be skipped forward
        seeking does not work in html5 video
        range requests not supported by django
        safari does not play mp4 from runserver
        audio player cannot jump
        206 partial content missing
        video restarts from the beginning when I drag the slider
        Accept-Ranges header missing""",
    37: """nginx 403 forbidden static
        nginx permission denied on static folder
        www-data has no access to home directory
        chmod 755 parent folder execute bit
        (13: Permission denied) while opening css
        stat() failed (13: Permission denied)
        static files forbidden behind nginx
        nginx user can't read files, selinux
        403 for css with nginx, folder under /home or /root""",
    38: """nginx alias path traversal
        static../ shows source code
        location without trailing slash and alias
        settings.py or db.sqlite3 can be downloaded
        off by slash vulnerability
        security scanner found nginx alias traversal
        parent directory reachable through /static..""",
    39: """413 request entity too large
        upload fails with 413 behind nginx
        client intended to send too large body
        nginx upload limit 1 MB
        raise client_max_body_size
        large upload refused by nginx
        file over one megabyte is rejected
        payload too large""",
    40: """origin checking failed
        CSRF verification failed behind proxy
        does not match any trusted origins
        CSRF_TRUSTED_ORIGINS needed
        login form 403 behind nginx with port
        csrf failed after putting site behind https proxy
        admin login forbidden 403 csrf docker
        proxy does not pass host and port""",
    41: """svg upload XSS
        uploaded html runs javascript on my domain
        malicious file upload
        ImageField rejects svg
        user can upload script
        file is picture and html at once, polyglot
        Upload a valid image
        is it safe to allow svg or html uploads
        fake image with script inside""",
    42: """decompression bomb
        image size exceeds limit of pixels
        small png needs gigabytes of memory
        huge image kills worker
        Pillow DecompressionBombWarning
        server runs out of memory with uploaded picture
        pixel limit for uploads
        thumbnail generation memory error""",
    43: """photo rotated after upload
        picture turned 90 degrees
        exif orientation ignored by pillow
        gps coordinates in uploaded photos
        remove metadata from pictures
        iphone portrait photo sideways
        location data leaks through image exif
        thumbnails upside down""",
    44: """request.FILES empty
        form does not send the file
        enctype multipart/form-data missing
        file field is required although file selected
        MultiValueDictKeyError file
        uploaded file is None in view
        No file was submitted
        form.is_valid false this field is required file input
        fetch ajax upload without FormData""",
    45: """attribute has no file associated with it
        empty ImageField url error in template
        user without picture crashes page
        optional image field ValueError
        profile picture not set
        .url of a blank FileField""",
    46: """old file not deleted when replaced
        deleting object leaves file on disk
        orphaned media files
        file stays after model delete
        duplicate file names with random suffix after updating image
        media folder grows
        django-cleanup
        remove previous upload when saving new one""",
    47: """large uploads not readable by nginx
        big uploads have permission 0600
        file permissions differ depending on upload size
        uploads over 2.5 MB are 403
        FILE_UPLOAD_PERMISSIONS
        temporary file permissions kept after upload
        only big images forbidden, small ones work
        rw------- uploaded file""",
    48: """upload size limit has no effect
        DATA_UPLOAD_MAX_MEMORY_SIZE ignored for files
        how to restrict maximum upload size
        FILE_UPLOAD_MAX_MEMORY_SIZE does not limit
        too many files 400
        uploading more than 100 files fails
        TooManyFilesSent TooManyFieldsSent RequestDataTooBig
        The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        users can upload files of any size""",
    49: """S3 replaces existing file with the same name
        django-storages overwrites files
        file_overwrite False
        another user's upload was overwritten in the bucket
        same file name in s3 loses the first file
        no random suffix for a name that exists in the bucket, unlike on the local disk
        AWS_S3_FILE_OVERWRITE""",
    50: """AccessControlListNotSupported
        The bucket does not allow ACLs
        default_acl public-read error
        put object fails acl s3
        bucket owner enforced object ownership
        AWS_DEFAULT_ACL None""",
    51: """static urls on s3 are signed and expire
        css url contains signature
        query string X-Amz-Signature in static url
        Request has expired AccessDenied
        css stops working after one hour
        querystring_auth False
        signed urls are not cached by browser
        static files from bucket return 403 after a while""",
    52: """font blocked by cors policy
        web fonts not loaded from cdn
        icons show as squares
        No 'Access-Control-Allow-Origin' header is present on the requested resource
        font awesome cross origin cdn
        cors error for static files on other domain
        fonts from S3 bucket blocked
        cors configuration of bucket""",
    53: """cdn caches 404 during deploy
        cloudflare keeps not found for hashed css
        some users see no css after deployment
        old hashed file missing during rolling update
        cloudfront error caching
        purge cdn after deploy
        mixed versions behind load balancer, new css asked from old server
        blue green deployment static files 404""",
    54: """css changes not visible in development
        browser shows old css until hard reload
        editing css has no effect on runserver
        304 not modified old stylesheet
        browser cache css development
        changes in static files are not reflected
        have to clear the cache to see changes
        ctrl+shift+r needed""",
    55: """tests fail with missing staticfiles manifest entry
        pytest manifest error
        manage.py test ValueError manifest entry
        run collectstatic before tests
        CI tests fail because of ManifestStaticFilesStorage
        use plain storage in tests
        client.get in test raises manifest error""",
    56: """LiveServerTestCase serves no static files
        selenium test page without css
        browser test has no styles
        StaticLiveServerTestCase
        live_server fixture static 404
        playwright test unstyled page
        functional tests can't load css and js""",
    57: """tests write into MEDIA_ROOT
        test run leaves uploaded files
        temporary media folder for tests
        clean up media files after tests
        files from tests in my media directory
        override MEDIA_ROOT in test settings
        factory boy ImageField creates files""",
    58: """hosting platform did not run collectstatic
        no css after deploying to heroku render railway pythonanywhere
        collectstatic missing in build command
        DISABLE_COLLECTSTATIC
        build log has no collectstatic
        static files missing on azure app service
        Error while running '$ python manage.py collectstatic --noinput'
        deployed app has no styles on platform
        elastic beanstalk static files 404 container_commands
        buildpack collectstatic
        platform as a service static files 404 after push
        nobody ran collectstatic in the release step""",
}

PHRASES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {number: tuple(line.strip() for line in text.splitlines()) for number, text in _PHRASES.items()}
)
