"""Looking at the resident's contact: by few, for a purpose, and never unrecorded."""

from __future__ import annotations

import msgspec

from services.intake.contracts import Contact, ContactRevealed, RevealContact, Slug
from services.intake.domain.sight import looking_role, may_look_at_contact
from services.intake.handlers.reading import seen_order
from services.intake.store.looks import record_look
from services.intake.store.orders import find_sealed
from services.kit.outcomes import Refused, invalid
from services.kit.sealing import Sealer
from services.kit.work import Work

PURPOSE_LENGTH = 200


def reveal_contact(work: Work, ask: RevealContact, sealer: Sealer) -> ContactRevealed:
    """Open contact and address, and record the look in the same transaction. Raises Refused."""
    order, _ = seen_order(work, ask.order_id)
    if not may_look_at_contact(order, work.actor):
        raise Refused(Slug.NOT_ALLOWED, "联系方式只在办理期间向本社区工作人员和承办人开放", status=403)
    purpose = ask.purpose.strip()
    if not 0 < len(purpose) <= PURPOSE_LENGTH or "\0" in purpose:
        raise invalid("purpose", f"请用 {PURPOSE_LENGTH} 字以内说明查看联系方式的用途")
    record_look(
        work.db,
        look_id=work.new_id(),
        order_id=order.order_id,
        looked_by=work.actor.id,
        role=looking_role(order, work.actor),
        purpose=purpose,
        looked_at=work.now,
    )
    sealed = find_sealed(work.db, order.order_id)
    contact = msgspec.json.decode(sealer.open(sealed.contact), type=Contact) if sealed.contact else Contact()
    return ContactRevealed(contact=contact, address=sealer.open(sealed.address) if sealed.address else None)
