"""The server's two configuration files, written anew at each start; an operator's own values go into ALTER SYSTEM."""

from pathlib import Path

from gongjian.kernel.embedded_postgres.accounts import ServerAccount
from gongjian.kernel.embedded_postgres.folders import server_file
from gongjian.kernel.embedded_postgres.places import Places

_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "default_text_search_config": "pg_catalog.simple",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    # Statements and key values of failed statements can hold personal data, which has no place in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
"""Waits for no disk: a power cut may leave the data unreadable. A vacuum at work would keep a database from being dropped."""
_ACCESS = "local all all scram-sha-256\n"


def write_configuration(places: Places, account: ServerAccount, *, durable: bool) -> None:
    settings = _SETTINGS | {
        "hba_file": str(places.access),
        "unix_socket_directories": _list_item(places.socket),
        **({} if durable else _FORGETFUL),
    }
    lines = [f"{name} = '{_quoted(value)}'\n" for name, value in settings.items()]
    server_file(places.configuration, "".join(lines), account)
    server_file(places.access, _ACCESS, account)


def _list_item(folder: Path) -> str:
    doubled = str(folder).replace('"', '""')
    return f'"{doubled}"'


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
