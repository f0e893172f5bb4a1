"""A server that holds our real calls against Twilio's own OpenAPI description, and answers as told."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jsonschema import Draft202012Validator, FormatChecker

PAGE = json.loads((Path(__file__).parent / "twilio-messages.openapi.json").read_text())
PATH = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
POST = PAGE["paths"][PATH]["post"]
FORM = POST["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
EXAMPLE = POST["responses"]["201"]["content"]["application/json"]["examples"]["create"]["value"]
ACCOUNT, TOKEN = "AC" + "0" * 32, "a token of the tests"


class StandIn:
    """What was asked of it, what was wrong with that, and what it is to answer."""

    def __init__(self):
        self.got, self.wrong = [], []
        self.status, self.code, self.hang_up = 201, 0, False

    def refuse(self, status, code):
        self.status, self.code = status, code

    @property
    def options(self):
        said = {"account": ACCOUNT, "token": TOKEN, "sender": "+12125550199"}
        return said | {"base_url": f"http://127.0.0.1:{self.port}"}

    def __enter__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def faults(self, path, headers, raw):
        """Where the call differs from the description."""
        account = urlsplit(path).path.split("/")[3]
        said = [] if urlsplit(path).path == PATH.replace("{AccountSid}", account) else ["another address"]
        said += _against(POST["parameters"][0]["schema"], account)
        if headers["Content-Type"] != "application/x-www-form-urlencoded":
            said.append("not a form")
        if headers["Authorization"] != "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode():
            said.append("not signed in")
        form = {name: values[-1] for name, values in parse_qs(raw, strict_parsing=True).items()}
        said += [f"no such field: {name}" for name in form if name not in FORM["properties"]]
        return form, said + _against(FORM, form)


def _against(schema, value):
    checker = Draft202012Validator(
        schema | {"components": PAGE["components"]}, format_checker=FormatChecker()
    )
    return [fault.message for fault in checker.iter_errors(value)]


def _handler(stand_in):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form, wrong = stand_in.faults(self.path, self.headers, raw)
            stand_in.got.append(form)
            stand_in.wrong += wrong
            if stand_in.hang_up:
                return self.connection.close()
            said = EXAMPLE if stand_in.status == 201 else {"code": stand_in.code, "status": stand_in.status}
            body = json.dumps(said).encode()
            self.send_response(stand_in.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def log_message(self, *_):
            pass

    return Handler
