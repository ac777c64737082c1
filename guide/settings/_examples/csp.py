"""A content security policy on Django 6.0 and later: `DJANGO_SETTINGS_MODULE=project.csp`."""

from django.utils.csp import CSP
from project.production import *

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "https://media.example.com"],
    "font-src": [CSP.SELF, "https://cdn.example.com"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

# The stricter policy of tomorrow: browsers report what it would block, and block nothing.
SECURE_CSP_REPORT_ONLY = {
    "default-src": [CSP.SELF],
    "report-uri": "/csp-reports/",
}
