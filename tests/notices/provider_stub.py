"""A provider of SMS or the robot of a group, on this machine: keeps what it is asked and answers what it is told.

The signatures are checked here from what arrived, by their documentation and not by our own signing code.
"""

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

KEY_ID, SECRET = "stub-key", "stub-secret"


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    @property
    def json(self) -> dict:
        return json.loads(self.body)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        stub, headers = self.server.stub, {name.lower(): value for name, value in self.headers.items()}
        stub.requests.append(Request(self.path, headers, body))
        stub.may_answer.wait(10)
        status, answer = stub.answers.pop(0) if stub.answers else (200, stub.usual)
        given = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(given)))
        self.end_headers()
        self.wfile.write(given)

    def log_message(self, *args):
        pass


class ProviderStub:
    def __init__(self, usual: dict) -> None:
        """usual: what it answers as long as `answers` holds nothing else, (status, JSON or bytes) each."""
        self.usual, self.answers, self.requests = usual, [], []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.stub, self._server.daemon_threads, self._server.block_on_close = self, True, False
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "ProviderStub":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *exc) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()


def is_signed_for_aliyun(request: Request) -> bool:
    """ACS3-HMAC-SHA256: every header it lists counts, and the query as it stands, its names in order."""
    algorithm, _, rest = request.headers["authorization"].partition(" ")
    given = dict(part.split("=", 1) for part in rest.split(","))
    signed = given["SignedHeaders"].split(";")
    lines = [f"{name}:{request.headers[name]}" for name in signed]
    parts = urlsplit(request.path).query.split("&")
    text = "\n".join([
        "POST", "/", "&".join(sorted(parts)), *lines, "", given["SignedHeaders"], hashlib.sha256(request.body).hexdigest()
    ])  # fmt: skip
    wanted = hmac.new(SECRET.encode(), f"{algorithm}\n{_sha(text)}".encode(), hashlib.sha256).hexdigest()
    own = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
    return (algorithm, given["Credential"], given["Signature"]) == ("ACS3-HMAC-SHA256", KEY_ID, wanted) and own <= set(
        signed
    )


def is_signed_for_tencent(request: Request) -> bool:
    """TC3-HMAC-SHA256: a key of the day and the service, over content-type, host and action."""
    algorithm, _, rest = request.headers["authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    key_id, day, service, end = given["Credential"].split("/")
    names = given["SignedHeaders"].split(";")
    lines = [f"{name}:{request.headers[name].lower()}" for name in names]
    text = "\n".join(["POST", "/", "", *lines, "", ";".join(names), hashlib.sha256(request.body).hexdigest()])
    to_sign = "\n".join([algorithm, request.headers["x-tc-timestamp"], f"{day}/{service}/{end}", _sha(text)])
    key = _mac(_mac(_mac(b"TC3" + SECRET.encode(), day), service), end)
    return (key_id, service, end, given["Signature"]) == (KEY_ID, "sms", "tc3_request", _mac(key, to_sign).hex())


def is_signed_for_dingtalk(request: Request) -> bool:
    text = f"{request.query['timestamp']}\n{SECRET}"
    raw = dict(part.split("=", 1) for part in urlsplit(request.path).query.split("&"))["sign"]
    return base64.b64decode(unquote(raw)) == _mac(SECRET.encode(), text)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
