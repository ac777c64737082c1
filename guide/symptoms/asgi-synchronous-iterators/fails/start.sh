exec uvicorn project.asgi:application --port "${PORT:-8000}"
