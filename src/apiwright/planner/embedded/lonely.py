"""Relations for entities that nothing else ties to another."""

import re

from apiwright.blueprint import Relation
from apiwright.kit.casing import pascal, snake, words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.drafts import Draft, because
from apiwright.planner.embedded.patterns import Pattern

_TENANT = Pattern(
    r"\b(?P<one>[a-z]+)\s+\((?:an?\s+|the\s+|one\s+)?tenants?\)|\b(?:each|every|an?)\s+(?P<each>[a-z]+)\s+is\s+an?\s+(?:separate\s+)?tenant\b",
    re.IGNORECASE,
    cues=("tenant",),
)
"""`every practice (tenant)`."""
_RENTED = Pattern(r"\b(?:landlords?|leases?|apartments?|rents?|flats?)\b", re.IGNORECASE)


def link_lonely(draft: Draft) -> None:
    """An entity named after another one belongs to it: `GameRoom` has nothing to do with Room, but `BookPage` belongs to Book."""
    called = {words_of(name): name for name in reversed(draft.entities)}
    for entity in draft.entities.values():
        words = words_of(entity.name)
        if len(words) < 2 or entity.relations:
            continue
        for cut in range(len(words) - 1, 0, -1):
            owner = called.get(words[:cut])
            if owner is not None and not draft.entities[owner].leads_to(entity.name):
                origin = because(f"A {' '.join(words)} is named after a {' '.join(words[:cut])}.")
                entity.add_relation(Relation(name=snake(owner), target=owner, required=True, on_delete="cascade", origin=origin))
                break
    lists = {other.name.lower(): other for other in reversed(draft.entities.values())}
    for entity in draft.entities.values():
        whole = lists.get(f"{entity.name.lower()}list")
        if whole is not None and not entity.leads_to(whole.name) and not whole.leads_to(entity.name):
            origin = because(f"A {' '.join(words_of(whole.name)).lower()} is a list of what it is named after.")
            entity.add_relation(Relation(name=snake(whole.name), target=whole.name, on_delete="set_null", origin=origin))
    called_so = _TENANT.search(draft.prompt)
    named = pascal(singular((called_so["one"] or called_so["each"]).lower())) if called_so else ""
    tenant = named if named in draft.entities else draft.by_entry("Tenant")
    if tenant is not None and _RENTED.search(draft.prompt) is None:
        for entity in draft.entities.values():
            pair = entity.entry is not None and "pair" in entity.entry.flags
            if entity.name != tenant and not pair and not entity.leads_to(tenant):
                origin = because("Every row belongs to one tenant.")
                entity.add_relation(
                    Relation(
                        name=snake(tenant),
                        target=tenant,
                        required=entity.name != draft.account,
                        on_delete="cascade" if entity.name != draft.account else "set_null",
                        origin=origin,
                    )
                )
