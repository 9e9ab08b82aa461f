"""How people word a request: courtesy, bullets, sentences; and other ways to say what the rules read."""

import re
from collections.abc import Iterator

_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_SENTENCE = re.compile(r"(?:(?<=[.!?;])\s+(?=[\"'A-Za-z])|;\s*)(?![^()\n]*\))|\n+")
_POLITE = re.compile(
    r"^(?:(?:please|kindly|also|actually|maybe|perhaps|i think(?: that)?|i guess|by the way|then|and|but|next|finally|now|additionally|moreover|ok|okay|hi|hello|well|so|oh)\b[ ,]*"
    r"|(?:can|could|would|will) you (?:please )?|(?:i|we)(?:'d| would)? (?:want|like|need|wish)(?: you)? to |(?:i|we) (?:want|need|would like) that "
    r"|let's |it should be (?:that|so that) |make sure (?:that )?|ensure (?:that )?|there should be (?=no\b))+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[ ,]*(?:please|thanks|thank you|too|as well|instead|from now on|now|everywhere|throughout|everywhere else)?[ .!?]*$", re.IGNORECASE
)
_ANYONE = r"(?:users|people|members|customers|everybody|everyone)"
_LOOK = r"(?:see|read|view|browse|list|search|find|get|access)"
_UNKNOWN = r"(?:without|with no) (?:an account|accounts?|(?:a )?login|logging[ -]in|signing[ -](?:in|up)|registering|registration)"
_NOTE = r"(?:track|record|store|note|save|remember|log|keep track of|know)"
_REWRITES = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"(?:(?:i|we)(?:'d| would)? (?:want|need|like) )?(.+?) to be able to ", r"\1 can "),
        (r"(.+?) (?:should|must|may|can) only be (?:able|allowed) to ", r"\1 can only "),
        (
            r"make (.+?) (required|mandatory|optional|unique|indexed|nullable) (?:on|for|in|of) (?:the |a |an |all |every |each )?([\w ]+)$",
            r"make \1 of \3 \2",
        ),
        (
            r"(?:users|people|members|customers|everybody|everyone|\w+s) (?:can|may|should be able to) (?:also )?(?:leave|post|write) (\w+) (?:on|for|to|under) (.+)",
            r"add \1 to \2",
        ),
        (
            r"(?:let|have) (.+?) (?=(?:belong|refer|link|point) to |have |be (?:linked to|part of|nested|unique|required|optional)\b)",
            r"\1 should ",
        ),
        (r"(?:(?:do not|don't|never) (?:allow|permit|accept)|forbid|disallow|no(?: more)?) anonymous (.+)", r"require login to create \1"),
        (r"(.+ (?:several|many|multiple|more than one) .+?) instead of (?:just |only |exactly )?(?:one|a single(?: one| \w+)?)$", r"\1"),
        (r"(?:i|we)(?:'d| would)? (?:like|want|need) (.+?) to (have|be|get|belong|show|include)\b", r"\1 should \2"),
        (r"(?:it (?:should|must|has to|needs to) be possible to|be able to) ", "users can "),
        (r"it (?:should|must|has to|needs to) be possible for ([\w ]+?) to ", r"\1 can "),
        (r"(?:do not|don't|never) (?:let|allow|permit) (?:anyone|anybody|everyone|everybody|people)(?: to)? ", "nobody may "),
        (r"(?:do not|don't|never) (?:let|allow|permit) (?:the )?(\w+)(?: to)? ", r"\1 may not "),
        (r"(?:nobody|no one|no-one) (?:except|but|other than|besides) (.+?) (?=(?:may|can|should) )", r"only \1 "),
        (
            r"(?:users|people|members|customers|everybody|everyone|\w+s) (?:can|may|should be able to) (?:also )?review (.+)",
            r"add reviews to \1",
        ),
        (
            r"(?:users|people|members|customers|everybody|everyone|\w+s) (?:can|may|should be able to) (?:also )?comment on (.+)",
            r"add comments to \1",
        ),
        (r"(.+?) do (?:anything|everything|whatever they want) with ", r"\1 use "),
        (rf"(?:let|allow|permit) .+? (?:to )?({_LOOK} .+?) {_UNKNOWN}$", r"anybody can \1"),
        (rf".+? (?:can|may|should be able to) ({_LOOK} .+?) {_UNKNOWN}$", r"anybody can \1"),
        (r"add (.+?) to ([\w ]+), (?:with )?(?:an? )?(default(?:s|ing)?(?: of| to| is)? \S+)$", r"add \1 (\3) to \2"),
        (r"(.+?) when (?:it|they) (?:was|were|got|has been|have been) (\w+?) and why$", r"\1 \2 at and \2 reason"),
        (r"(.+?) should not be (?:an? )?\w+,? but (?:rather )?", r"\1 should be "),
        (r"(change|convert|turn) (.+?) from (?:an? )?\w+ (?=(?:in)?to )", r"\1 \2 "),
        (r"(?:do not|don't) make (.+) (required|mandatory|optional|unique|indexed)$", r"make \1 not \2"),
        (r"make (.+?) editable only (?:by|to|for) (.+)", r"only \2 may edit \1"),
        (r"make (.+?) only editable (?:by|to|for) (.+)", r"only \2 may edit \1"),
        (r"make (.+?) (?:only visible|visible only) (?:to|for) (.+)", r"only \2 may see \1"),
        (
            r"(.+?) (?:is|are) (?:no longer (?:needed|necessary|used|wanted)|not (?:needed|necessary|used|wanted)(?: any ?more| any longer)?)$",
            r"remove \1",
        ),
        (r"(?:change|set) (.+?) to be ", r"\1 should be "),
        (r"(.+? (?:can|may|should|must)) (be .+? by .+?) only$", r"\1 only \2"),
        (r"(?:mark|flag) (.+?) as (?=\w+$)", r"users can mark \1 as "),
        (r"(it|that|this)'s ", r"\1 is "),
        (r"(?:they|these|those)'re ", "they are "),
        (r"let (.+?) be (\w+)$", r"\1 can be \2"),
        (r"(?:give|grant) (?:the )?([\w ]+?) (?:the )?(?:right|permission|ability)s? to ", r"\1 can "),
        (
            r"(?:revoke|remove|withdraw|take away) (?:the )?(\w+?)(?:'s|s'|s)? (?:right|permission|ability)s? to ",
            r"\1 may not ",
        ),
        (r"no two ([\w ]+?) (?:may|can|should|must) (?:have|share) the same ([\w ]+)$", r"\2 of \1 must be unique"),
        (
            r"([\w ]+?) (?:(?:should|must|has to|always) )*(?:starts?|begins?) (?:out )?as (?:an? )?([\w\-]+)$",
            r"\1 defaults to \2",
        ),
        (
            r"add (?:an? )?many[ -]to[ -]many (?:relation|relationship|link|association) between (\w+) and (\w+)$",
            r"\1 and \2 are many to many",
        ),
        (
            r"(?:allow|permit) (?:several|many|multiple|more than one) ([\w ]+?) (?:per|for (?:a|an|each|every)|in (?:a|an|each)) ([\w ]+)$",
            r"a \2 can have several \1",
        ),
        (
            r"(keep|delete|remove|clear|unlink) (?:the |all )?([\w ]+?) (?:when|if|once) (?:their|its|the|a|an|his) ([\w ]+?) (?:is|gets) (?:deleted|removed)$",
            r"when a \3 is deleted, \1 its \2",
        ),
        (r"(remove|drop|delete|get rid of) (?:everything|all) (?:about|that has to do with|related to|to do with) (.+)$", r"\1 \2"),
        (
            r"add (?:an? |the )?(?:new )?(?!entity|model|table|resource|field|column|role|project|action)(\w+) (?:called|named) ['\"]?([\w\-]+)['\"]?$",
            r"\1 can also be \2",
        ),
        (
            rf"{_NOTE} (?:the )?(last|first) time (?:a|an|each|every|the) ([\w ]+?) (?:was|is|were|got|has been) (\w+)$",
            r"\2 should have a \1 \3 at",
        ),
        (
            rf"(?:let|allow) (?:me|us|{_ANYONE})(?: to)? (?:attach|add|put|leave|write|upload) (\w[\w ]*?) (?:to|on|for|under) (.+)$",
            r"add \1 to \2",
        ),
        (
            rf"(?:we|i|{_ANYONE}) (?:can|may|should) (?:also )?(?:attach|add|upload) (\w[\w ]*?) (?:to|on|under) (.+)$",
            r"add \1 to \2",
        ),
        (
            r"(.+?) should (?:only )?be (?:archived|hidden|kept|marked as deleted|flagged as deleted)(?: instead of| rather than|, not) (?:being )?(?:really )?(?:deleted|removed)$",
            r"\1 should be soft-deleted",
        ),
        (r"(.+?) (?:should|must) be unique by (?:their |its )?([\w ]+)$", r"\2 of \1 must be unique"),
        (
            r"(?:(?:a|an|each|every|the) )?([\w ]+?) (?:may|can|might) (?:have no|be without|exist without|lack) (?:a |an |any )?([\w ]+)$",
            r"make \2 of \1 optional",
        ),
        (r"(?:stop|no longer) (?:requiring|asking for|insisting on) (.+)$", r"make \1 optional"),
        (
            rf"{_NOTE} (?:in |to |at |for )?which ([\w ]+?) ((?:a|an|each|every|the) [\w ]+?) (?:belongs to|is (?:in|at|of|on|for|kept in|stored in)|comes from|came from)$",
            r"\2 belongs to a \1",
        ),
        (rf"{_NOTE} (?:when|by) (?:a|an|each|every|the) ([\w ]+?) (?:was|is|were|are|gets|has been) (\w+)$", r"\1 should have a \2 at"),
        (rf"{_NOTE} who (\w+) (?:a|an|each|every|the) ([\w ]+)$", r"\2 should have a \1 by"),
        (rf"{_NOTE} ((?:the|a|an) .+?|[\w ]+s) (?:of|for) (?:(?:a|an|each|every|the|all) )?([\w ]+)$", r"add \1 to \2"),
        (r"add (?:an? |the )?(?:new )?([\w ]+?) role (?:that|which|who) (?=(?:can|may|should) )", r"\1 "),
        (r"add (?:an? |the )?(?:new )?role (?:called |named |of )?([\w ]+?) (?:that|which|who) (?=(?:can|may|should) )", r"\1 "),
        (r"(.+?) (?:can|may|should|must) be (?:tagged|label(?:l)?ed)(?: with (?:tags|labels))?$", r"add tags to \1"),
        (r"(.+?) (?:can|may|should|must) be commented(?: on)?$", r"add comments to \1"),
        (r"(.+?) (?:can|may|should|must) be (?:categori[sz]ed|put in(?:to)? categories)$", r"add a category to \1"),
    )
)


def clauses(prompt: str) -> Iterator[str]:
    """What a prompt asks for, one by one, without bullets and courtesy."""
    for line in _SENTENCE.split(prompt):
        clause = _TAIL.sub("", without_courtesy(_BULLET.sub("", line.strip()))).strip()
        if clause and clause.lower() not in {"please", "thanks", "thank you", "hi", "hello"}:
            yield clause


def without_courtesy(clause: str) -> str:
    """A clause without `please`, `I would like you to` and the like before it."""
    return _POLITE.sub("", clause)


def unquoted(clause: str) -> str:
    """A clause whose single words stand without the quotes that some were put in."""
    return re.sub(r"(?<!\w)([\"'`\u2018\u201c])(\w+)[\"'`\u2019\u201d](?!\w)", r"\2", clause)


def plainly(clause: str) -> str:
    """A clause in the words that the rules read."""
    text = clause.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, instead in _REWRITES:
        text = pattern.sub(instead, text, count=1) if pattern.match(text) else text
    return text
