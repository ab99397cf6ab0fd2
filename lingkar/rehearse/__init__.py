"""`lingkar rehearse`: plays a whole session against a running server, as clients would, and counts what arrived.

Imports neither Django nor the project's models; knows the server only by HTTP and WebSocket.
"""

from lingkar.rehearse.play import main

__all__ = ["main"]
