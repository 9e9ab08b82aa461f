"""What is sold: an order holds it, whatever the prompt calls it."""

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.bonding import is_people
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because

_HOLDERS = ("OrderItem", "CartItem", "SaleItem", "PurchaseOrderItem")
_WHOLES = ("Order", "Cart")


def link_wares(draft: Draft) -> None:
    """Ties the lines of orders and carts, or these themselves where they have no lines, to what is sold."""
    ware = _ware(draft)
    if ware is None:
        return
    origin = because(f"{ware.name} was taken for what is ordered.")
    for name in filter(None, map(draft.by_entry, _HOLDERS)):
        line = draft.entities[name]
        parts = [item for item in line.relations.values() if item.target != draft.account and not _is_whole(draft, item.target)]
        if not parts:
            line.add_relation(Relation(name=snake(ware.name), target=ware.name, required=True, on_delete="restrict", origin=origin))
    for name in filter(None, map(draft.by_entry, _WHOLES)):
        whole = draft.entities[name]
        lines = any(other.leads_to(name) and other.entry is not None and other.entry.name in _HOLDERS for other in draft.entities.values())
        tied = lines or any(other.leads_to(name) and other.leads_to(ware.name) for other in draft.entities.values())
        if not tied and not whole.leads_to(ware.name) and not ware.leads_to(name) and not _leads_to_ware(draft, whole):
            whole.add_relation(Relation(name=plural(snake(ware.name)), kind="many_to_many", target=ware.name, origin=origin))


def link_reviews(draft: Draft) -> None:
    """Reviews are of what is sold, where nothing says of what they are."""
    name, ware = draft.by_entry("Review"), _ware(draft)
    if name is None or ware is None or not any(map(draft.by_entry, _WHOLES)):
        return
    review = draft.entities[name]
    of = [item.target for item in review.relations.values() if item.target != draft.account]
    if all(_is_whole(draft, target) or is_people(draft.entities[target]) for target in of) and review is not ware:
        origin = because(f"{ware.name} was taken for what is reviewed.")
        review.add_relation(Relation(name=snake(ware.name), target=ware.name, required=True, on_delete="cascade", origin=origin))


def _is_whole(draft: Draft, name: str) -> bool:
    entry = draft.entities[name].entry
    return entry is not None and entry.name in (*_WHOLES, "Sale", "PurchaseOrder")


def _leads_to_ware(draft: Draft, whole: EntityDraft) -> bool:
    return any(_has_price(draft.entities[item.target]) for item in whole.relations.values() if item.target in draft.entities)


def _ware(draft: Draft) -> EntityDraft | None:
    """The first thing of the prompt that has a price, other than what people do with it."""
    public = [
        entity
        for entity in sorted(draft.entities.values(), key=lambda entity: entity.origin.start or 0)
        if entity.origin.kind == "prompt" and entity.public and not is_people(entity) and "shared" not in getattr(entity.entry, "flags", ())
    ]
    return next(filter(_has_price, public), public[0] if public else None)


def _has_price(entity: EntityDraft) -> bool:
    usual = entity.entry.fields.split() if entity.entry is not None and not entity.stated_fields else []
    return any("price" in name for name in [*entity.fields, *usual])
