"""The Flask extensions, made without an app; `app.py` wires them."""

from flask_jwt_extended import JWTManager
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from backend.db.base import Base

db = SQLAlchemy(model_class=Base)
jwt = JWTManager()
limiter = Limiter(get_remote_address, headers_enabled=True)


def request_session() -> Session:
    """Return this request's session; the request commits it once, at its end."""
    return db.session()
