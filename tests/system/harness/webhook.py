"""Standard Webhooks, as a case system sends them."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass

from .http import Connection, request_bytes


def new_secret(random=secrets.token_bytes):
    return "whsec_" + base64.b64encode(random(32)).decode()


def sign(secret, identity, timestamp, body):
    """One entry of the webhook-signature header."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{identity}.{timestamp}.".encode("latin-1") + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


# Facts on which the packs have nothing to say, but for rk-10's note that the risk is
# low, which the council of these tests has switched off.
HARMLESS = {
    "proposal": {"duration_days": 30, "reversible": True, "owner_named": True},
    "people": {"participants": 30, "children": False, "adults_at_risk": False},
    "data": {"personal": False},
    "tech": {"ai": False},
    "equality": {"screened": True, "effect": "none"},
    "money": {"cost_gbp": 400, "budget_approved": True},
    "risk": {"likelihood": 1, "impact": 2, "owner": True},
    "method": {"question": True, "measure": True, "evidence_checked": True, "baseline": True,
               "comparison": "before_after", "harm_measure": True, "stop_rule": True, "publish_commitment": True},
    "gov": {"route": "board"},
    "learn": {"log_started": True},
}

# A small research contract: fp-05 refers it to the Head of Procurement, at
# `submit` and at `decide`, and nothing else stands against it.
FOR_THE_BOARD = HARMLESS | {
    "money": {"cost_gbp": 400, "budget_approved": True, "contract_type": "research_dev",
              "contract_gbp": 400},
}


def message(case, facts=None, **data):
    """The body of a delivery in the shape that the example source maps."""
    return json.dumps({
        "type": "prototype.submitted",
        "timestamp": "2026-11-23T09:00:00Z",
        "data": {"case": case, "title": f"Later opening hours, {case}", "gate": "submit",
                 "proposer": "sam.osei@example.gov.uk",
                 "facts": HARMLESS if facts is None else facts} | data,
    }).encode()


@dataclass
class Delivery:
    """A message that can be sent again and again."""

    secret: str
    body: bytes
    identity: str = ""
    source: str = "casework"

    def __post_init__(self):
        self.identity = self.identity or "msg_" + secrets.token_hex(12)

    def request(self, *, timestamp=None, signature=None, headers=None, drop=(), body=None):
        """The request's bytes, signed now; the arguments forge what a test needs forged."""
        stamp = str(int(time.time())) if timestamp is None else timestamp
        signature = sign(self.secret, self.identity, stamp, self.body) if signature is None else signature
        fields = {"Content-Type": "application/json", "webhook-id": self.identity,
                  "webhook-timestamp": stamp, "webhook-signature": signature} | (headers or {})
        return request_bytes("POST", f"/hooks/{self.source}",
                             [(name, value) for name, value in fields.items() if name not in drop],
                             self.body if body is None else body)

    def post(self, server, **forged):
        """The answer to it, over a connection of its own."""
        with Connection(server.port) as connection:
            return connection.exchange(self.request(**forged))
