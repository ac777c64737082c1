"""Starts gunicorn, puts nginx in front of it with the limit of ingress.yaml, and sends two pictures."""

import http.client
import re
import socket
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from PIL import Image


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def answer(port, *args, **kwargs):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(*args, **kwargs)
    return connection.getresponse()


def send(port, size):
    page = answer(port, "GET", "/add/")
    cookie = page.getheader("Set-Cookie").split(";")[0]
    token = re.search('name="csrfmiddlewaretoken" value="(.+?)"', page.read().decode())[1]
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    content = picture.getvalue().ljust(size, b"\0")
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = (part.format("csrfmiddlewaretoken", token) + part.format("name", "Lamp")).encode()
    body += b'--x\r\nContent-Disposition: form-data; name="picture"; filename="lamp.png"\r\n'
    body += b"Content-Type: image/png\r\n\r\n" + content + b"\r\n--x--\r\n"
    headers = {"Cookie": cookie, "Content-Type": "multipart/form-data; boundary=x"}
    return answer(port, "POST", "/add/", body=body, headers=headers).status


annotation = re.search(r"nginx\.ingress\.kubernetes\.io/proxy-body-size: (\S+)", Path("ingress.yaml").read_text())
limit = annotation[1] if annotation else "1m"
django, ingress = free_port(), free_port()
with tempfile.TemporaryDirectory() as folder, open("gunicorn.log", "w") as log:
    Path(folder, "nginx.conf").write_text(f"""
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    server {{
        listen 127.0.0.1:{ingress};
        client_max_body_size {limit};
        location / {{ proxy_pass http://127.0.0.1:{django}; proxy_set_header Host $http_host; }}
    }}
}}
""")
    gunicorn = [sys.executable, "-m", "gunicorn", "project.wsgi", "--bind", f"127.0.0.1:{django}"]
    nginx = ["nginx", "-p", folder, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log", "-g", "daemon off;"]
    servers = [subprocess.Popen(command, stdout=log, stderr=log) for command in (gunicorn, nginx)]
    try:
        for _ in range(100):
            try:
                if answer(ingress, "GET", "/add/").status == 200:
                    break
            except OSError:
                pass
            time.sleep(0.2)
        print("small:", send(ingress, 10_000))
        print("large:", send(ingress, 1_500_000))
    finally:
        for server in servers:
            server.terminate()
            server.wait()
