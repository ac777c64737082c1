"""The site's addresses as they are where DEBUG is off: without the media route."""

from mysite import urls

urlpatterns = [pattern for pattern in urls.urlpatterns if "media" not in str(pattern.pattern)]
