"""A mail server of the standard library alone: it takes what it is sent and keeps it."""

import socketserver
import threading
from contextlib import contextmanager


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 postbox")
        lines, is_data = [], False
        for raw in self.rfile:
            line = raw.decode("utf-8").rstrip("\r\n")
            if is_data:
                if line == ".":
                    self.server.taken.append("\n".join(lines))
                    lines, is_data = [], False
                    self._say("250 taken")
                else:
                    lines.append(line)
            elif line.upper() == "DATA":
                is_data = True
                self._say("354 go on")
            elif line.upper() == "QUIT":
                self._say("221 bye")
                return
            elif line.upper().startswith("MAIL") and self.server.is_full:
                self._say("452 no room")
            else:
                self._say("250 well")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def postbox():
    """Yield a server on this machine; `taken` has every mail as it came, `is_full` makes it refuse."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.taken, server.is_full = [], False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
