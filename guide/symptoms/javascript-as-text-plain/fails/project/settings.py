# What a Windows registry with a wrong entry for .js makes Python believe.
import mimetypes

mimetypes.add_type("text/plain", ".js")
