"""An experiment as text, in every form it was ever written in; see docs/link.md. Pure: knows no socket, no database."""

from app.links.address import Address, SavedId, read_address
from app.links.beginning import Beginning, Checked, checked
from app.links.codec import LinkError
from app.links.payload import Payload, pack_numbers, read_link, unpack_numbers, write_link
from app.links.versions import CURRENT

__all__ = [
    "CURRENT",
    "Address",
    "Beginning",
    "Checked",
    "LinkError",
    "Payload",
    "SavedId",
    "checked",
    "pack_numbers",
    "read_address",
    "read_link",
    "unpack_numbers",
    "write_link",
]
