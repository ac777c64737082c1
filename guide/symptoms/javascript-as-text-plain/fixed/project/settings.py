import mimetypes

mimetypes.add_type("text/javascript", ".js")
