"""What a client needs in order to connect; reads files, starts nothing."""

from pathlib import Path

from psycopg.conninfo import make_conninfo

from gongjian.kernel.embedded_postgres.places import Places, locate

PORT = "5432"
NAME = USER = "gongjian"
SUPERUSER = "postgres"


def connection_settings(var: Path) -> dict[str, str]:
    """Fields of Django's DATABASES; the password is empty until the server was prepared."""
    places = locate(var)
    return {
        "HOST": str(places.socket),
        "PORT": PORT,
        "USER": USER,
        "PASSWORD": read_password(places),
        "NAME": NAME,
    }


def read_password(places: Places) -> str:
    try:
        return places.password.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def conninfo(places: Places, database: str) -> str:
    return make_conninfo(
        host=str(places.socket),
        port=PORT,
        user=USER,
        password=read_password(places),
        dbname=database,
        connect_timeout=10,
    )
