STATIC_ROOT = BASE_DIR / "staticfiles"

STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]

DJANGO_VITE = {"default": {"manifest_path": STATIC_ROOT / ".vite" / "manifest.json"}}
