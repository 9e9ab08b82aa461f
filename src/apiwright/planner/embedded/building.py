"""Notes and decisions -> a Blueprint."""

import re
from collections.abc import Iterable

from apiwright.blueprint import Auth, Blueprint, Entity, Field, Role
from apiwright.kit.casing import kebab, snake, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.access import access_of
from apiwright.planner.embedded.accounts import account_name, choose_account, complete_account
from apiwright.planner.embedded.addressed import address
from apiwright.planner.embedded.bonding import tie_bonds, tie_counted
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.counting import add_counts
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.describing import describe
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.frames import link_by_sense
from apiwright.planner.embedded.happenings import link_happenings, link_head
from apiwright.planner.embedded.lines import drop_doubles
from apiwright.planner.embedded.linking import link_stated
from apiwright.planner.embedded.lonely import link_lonely
from apiwright.planner.embedded.loose import add_loose
from apiwright.planner.embedded.members import add_stated, add_usual, loosen
from apiwright.planner.embedded.naming import ascii_only, name_of
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.owning import inherit_ownership, keep_what_leads_to_accounts, link_owned
from apiwright.planner.embedded.pairs import add_pairs
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.spelling import Spelling
from apiwright.planner.embedded.standing import link_people, settle_ownership, settle_people
from apiwright.planner.embedded.states import add_transitions
from apiwright.planner.embedded.tidying import path_is_taken, tidy
from apiwright.planner.embedded.uniting import unite
from apiwright.planner.embedded.usual_relations import link_usual
from apiwright.planner.embedded.wares import link_reviews, link_wares

_POSTGRES = Pattern(r"\bpostgres(?:ql)?\b", re.IGNORECASE)


def build(notes: Notes, decision: Decision, spelling: Spelling) -> Blueprint:
    """The blueprint of what was decided. There is at least one entity, or accounts."""
    draft = _draft(notes, decision, spelling)
    if not draft.entities:
        return default_blueprint(spelling.prompt)
    add_stated(draft, decision, notes)
    link_stated(draft, decision, notes)
    link_usual(draft)
    if notes.lines:
        drop_doubles(draft)
    link_people(draft, notes, decision)
    link_owned(draft, decision, notes)
    link_wares(draft)
    link_reviews(draft)
    tie_counted(draft, decision, notes)
    tie_bonds(draft, decision, notes)
    link_by_sense(draft)
    link_lonely(draft)
    if notes.head:
        link_head(draft, decision.resolve(notes.head) or "")
    link_happenings(draft)
    settle_ownership(draft, notes, decision)
    inherit_ownership(draft)
    address(draft, decision, notes)
    keep_what_leads_to_accounts(draft)
    add_loose(draft, notes.loose)
    for entity in draft.entities.values():
        add_usual(entity, notes.denied)
        loosen(entity, notes.optional)
    login = complete_account(draft.entities[draft.account]) if draft.account else ""
    add_transitions(draft, decision, notes)
    add_pairs(draft, decision, notes)
    add_counts(draft, decision)
    unite(draft, decision)
    tidy(draft)
    name, title = name_of(notes.prompt, _main(draft))
    auth = None
    if draft.account:
        span = draft.account_span
        origin = draft.said(span) if span is not None and span.end > span.start else because("What belongs to somebody needs accounts.")
        auth = Auth(entity=draft.account, login=login, origin=origin)
    return Blueprint(
        name=name, title=title, database="postgresql" if _POSTGRES.search(notes.prompt) else "sqlite",
        entities=tuple(_entity(draft, decision, notes, entity) for entity in draft.entities.values()),
        roles=tuple(Role(name=role, origin=draft.said(span)) for role, span in draft.roles.items()),
        auth=auth, assumptions=tuple(_assumptions(draft, notes)), prompt=spelling.prompt,
    )  # fmt: skip


def _draft(notes: Notes, decision: Decision, spelling: Spelling) -> Draft:
    draft = Draft(spelling=spelling, assumptions=list(decision.assumptions))
    span = choose_account(notes, decision)
    if span is not None:
        draft.account, draft.account_span = account_name(notes, decision), span
        draft.folded = settle_people(notes, decision, draft.account)
        draft.roles = _roles(notes, draft.account)
    chosen = dict(decision.chosen)
    if draft.account and draft.account not in chosen:
        spoken = notes.candidates.get(draft.account)
        account = Chosen(
            name=draft.account, entry=catalogue().entries["User"], span=spoken.span if spoken else None, reason="Accounts need somebody."
        )
        chosen = {draft.account: account, **chosen}
    if draft.account:
        chosen = {draft.account: chosen[draft.account], **chosen}
        decision.chosen = chosen
    paths: set[str] = set()
    decided: dict[str, Chosen] = {}
    for item in chosen.values():
        if re.fullmatch(r"[A-Z][A-Za-z0-9]{0,47}", item.name) is None or path_is_taken(item.name, paths):
            continue
        paths |= {kebab(plural(item.name)), kebab(item.name)}
        origin = draft.said(item.span) if item.span is not None else because(item.reason, kind="catalogue")
        decided[item.name] = item
        public = item.entry is not None and "public" in item.entry.flags
        draft.entities[item.name] = EntityDraft(name=item.name, entry=item.entry, origin=origin, public=public)
    decision.chosen = decided
    return draft


def _main(draft: Draft) -> str | None:
    """The entity that the prompt is mostly about: what most others point to, the first of them; people and pairs come last."""
    links = [item.target for entity in draft.entities.values() for item in entity.relations.values()]

    def weight(entity: EntityDraft) -> tuple[bool, bool, int, int]:
        people = entity.name == draft.account or (entity.entry is not None and bool(entity.entry.flags & {"person", "shared"}))
        named = entity.origin.kind == "prompt"
        return (not people and not entity.unique_together, named, min(links.count(entity.name), 1), -(entity.origin.start or 0))

    return max(draft.entities.values(), key=weight).name if draft.entities else None


def _roles(notes: Notes, account: str) -> dict[str, Span]:
    found: dict[str, Span] = {}
    kept = {"owner"} & notes.listed
    for name, span in notes.roles.items():
        role = snake(ascii_only(name)).removeprefix("the_")[:32].strip("_")
        if re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", role) and role not in {"user", snake(account), "owner"} - kept and len(found) < 12:
            found.setdefault(role, span)
    return {role: span for role, span in found.items() if not _is_short(notes.prompt, role, found)}


def _is_short(prompt: str, role: str, roles: Iterable[str]) -> bool:
    """Whether a role is only ever spoken of as another one: the managers of `facility managers`."""
    longer = [other.replace("_", " ") for other in roles if other.endswith(f"_{role}")]
    spoken = re.sub("|".join(map(re.escape, longer)), "", " ".join(words_of(prompt)))
    return bool(longer) and role.replace("_", " ") not in spoken


def _entity(draft: Draft, decision: Decision, notes: Notes, entity: EntityDraft) -> Entity:
    operations = entity.operations
    if entity.name == draft.account and "admin" not in draft.roles:
        operations = ("read", "list", "update", "delete")
    access = access_of(draft, decision, notes, entity)
    transitions = tuple(item if item.access else item.model_copy(update={"access": access.update}) for item in entity.transitions)
    return Entity(
        name=entity.name, description=describe(draft, entity),
        fields=tuple(entity.fields.values()), relations=tuple(entity.relations.values()),
        owned_via=entity.owned_via,
        operations=operations, access=access, transitions=transitions,
        pair_actions=tuple(entity.pair_actions), counts=tuple(entity.counts),
        unique_together=tuple(entity.unique_together), origin=entity.origin,
    )  # fmt: skip


def _assumptions(draft: Draft, notes: Notes) -> list[str]:
    found = list(draft.assumptions)
    guessed = [
        (entity.name, [name for name, field in entity.fields.items() if field.origin.kind != "prompt"])
        for entity in draft.entities.values()
        if not entity.stated_fields and entity.name != draft.account
    ]
    told = [f"{name} ({', '.join(fields[:4])}{', …' if len(fields) > 4 else ''})" for name, fields in guessed if fields]
    if told:
        more = f", and for {len(told) - 6} more" if len(told) > 6 else ""
        found.append(f"No fields were given for these, so usual ones were taken: {', '.join(told[:6])}{more}.")
    if draft.account and draft.account_span is not None and draft.account_span.end == draft.account_span.start:
        found.append("Accounts were not asked for, but what is kept belongs to somebody.")
    for name, sides in notes.sides.items():
        owner = next((entity.owned_via for entity in draft.entities.values() if entity.name == name), None)
        if owner in sides and (others := [side for side in sides if side != owner]):
            found.append(f"{name} is shown to its {owner} alone: that its {others[0]} sees it too takes a rule of your own.")
    if notes.no_auth is not None:
        found.append("There are no accounts, as asked: everybody may do everything.")
    return found


def default_blueprint(prompt: str) -> Blueprint:
    """The small answer to a prompt that asks for an API and names nothing to keep."""
    origin = because("The prompt names nothing to keep.")
    fields = (
        Field(name="name", type="string", required=True, max_length=200, origin=origin),
        Field(name="description", type="text", origin=origin),
    )
    entity = Entity(name="Item", fields=fields, origin=origin)
    database = "postgresql" if _POSTGRES.search(prompt) else "sqlite"
    note = "The prompt names nothing to keep, so there is one entity, Item, to start from. Say what to keep to get more."
    return Blueprint(name="items", title="Items", database=database, entities=(entity,), assumptions=(note,), prompt=prompt)
