#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A real mail server gets our mails from curl, and Python's strict reader finds nothing to repair."""
import email
import email.policy
import json
import os
import shutil
import subprocess
import sys
import tempfile

try:
    from aiosmtpd.controller import Controller
except ImportError:
    print("skip: python3-aiosmtpd is not here")
    sys.exit(77)
if not shutil.which("curl"):
    print("skip: curl is not here")
    sys.exit(77)


class Keep:
    """Keeps what arrives, as bytes."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, server, session, envelope):
        self.got.append((session.host_name, envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 kept"


def render(lang, kind):
    out = subprocess.run([os.environ["RENDER"], "mail", lang, kind], check=True, capture_output=True)
    return json.loads(out.stdout)


def send(port, request):
    with tempfile.NamedTemporaryFile() as body:
        body.write(request["body"].encode("ascii"))
        body.flush()
        subprocess.run(["curl", "-sS", "--noproxy", "*", f"smtp://127.0.0.1:{port}/beffroi.example", "--mail-from",
                        request["mail_from"], "--mail-rcpt", request["mail_to"], "-T", body.name], check=True)


def defects(message):
    found = list(message.defects)
    for value in message.values():
        found += getattr(value, "defects", [])
    return found


def main():
    keep = Keep()
    server = Controller(keep, hostname="127.0.0.1", port=0)
    # Port 0 is whatever is free; the controller wants to know it before it tries itself.
    import socket
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    server.start()
    count = 0
    try:
        for lang in ("en", "fr"):
            for kind in ("opened", "crisis", "missed", "all-clear", "message", "degraded", "test"):
                request = render(lang, kind)
                send(server.port, request)
                host, sender, recipients, content = keep.got[-1]
                assert host == "beffroi.example", host
                assert sender == request["mail_from"] and recipients == [request["mail_to"]]
                assert content == request["body"].encode("ascii"), "not the bytes that were sent"
                message = email.message_from_bytes(content, policy=email.policy.SMTP.clone(raise_on_defect=True))
                assert not defects(message), defects(message)
                assert "INC-2026-001 #7" in message["Subject"], message["Subject"]
                assert message.get_content_type() == "text/plain"
                assert "TLP:AMBER" in message.get_content()
                count += 1
    finally:
        server.stop()
    print(f"{count} mails")


main()
