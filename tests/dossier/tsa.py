# SPDX-License-Identifier: EUPL-1.2
# A time-stamping authority for tests: tsa.py FOLDER [MODE].  Answers with 'openssl ts -reply' and the
# files of FOLDER; its port goes to FOLDER/port.  MODE: good, other (stamps something else), junk, long,
# refuse, error.
import http.server
import os
import subprocess
import sys

folder, mode = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "good"


class Authority(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        if mode == "other":
            query = bytes([b ^ 1 if 24 <= i < 56 else b for i, b in enumerate(query)])
        if mode == "refuse":
            query = b"0\x00"
        with open(os.path.join(folder, "query.tsq"), "wb") as out:
            out.write(query)
        reply = subprocess.run(
            ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq"],
            cwd=folder, capture_output=True, check=False).stdout
        if mode == "junk":
            reply = b"\x30\x00 hello"
        if mode == "long":
            reply = reply + b"\x00" * 100000
        self.send_response(500 if mode == "error" or kind != "application/timestamp-query" else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)


server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
with open(os.path.join(folder, "port.new"), "w") as out:
    out.write(str(server.server_port))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
server.serve_forever()
