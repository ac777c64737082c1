import asyncio
import warnings

from project.asgi import application

SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/static/app.css",
    "raw_path": b"/static/app.css",
    "query_string": b"",
    "root_path": "",
    "headers": [(b"host", b"localhost")],
    "server": ("127.0.0.1", 80),
    "client": ("127.0.0.1", 50000),
}
statuses = []


async def ask():
    done = asyncio.Event()
    requests = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        if not requests:
            await done.wait()
            return {"type": "http.disconnect"}
        return requests.pop()

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        if message["type"] == "http.response.body" and not message.get("more_body"):
            done.set()

    await application(SCOPE, receive, send)


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    asyncio.run(ask())
print("status:", *statuses)
for warning in caught:
    if "iterator" in str(warning.message):
        print(str(warning.message).partition(";")[0])
