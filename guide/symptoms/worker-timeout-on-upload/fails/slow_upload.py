"""Starts gunicorn with a short timeout, sends a form slowly and prints what came back."""

import http.client
import re
import socket
import subprocess
import sys
import time

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
command = [sys.executable, "-m", "gunicorn", "project.wsgi", "--timeout", "2", "--bind", f"127.0.0.1:{port}"]
with open("gunicorn.log", "w") as log:
    server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
try:
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/add/")
            break
        except OSError:
            time.sleep(0.2)
    page = connection.getresponse()
    cookie = page.getheader("Set-Cookie").split(";")[0]
    token = re.search('name="csrfmiddlewaretoken" value="(.+?)"', page.read().decode())[1]
    body = f"csrfmiddlewaretoken={token}&name=Lamp&picture=".encode() + b"x" * 60
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("POST", "/add/")
    connection.putheader("Cookie", cookie)
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders()
    try:
        for start in range(0, len(body), 20):
            connection.send(body[start : start + 20])
            time.sleep(0.7)
        print("status", connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        print("no answer:", type(error).__name__)
finally:
    server.terminate()
    server.wait()
with open("gunicorn.log") as log:
    for line in log:
        if "WORKER TIMEOUT" in line:
            print(re.sub(r".*\[CRITICAL\]", "[CRITICAL]", re.sub(r"pid:\d+", "pid:7", line)).strip())
            break
