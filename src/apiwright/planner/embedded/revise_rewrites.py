"""Other ways to say what the rules read: each as it would be said in the words of a rule."""

import re
from collections.abc import Callable

from apiwright.kit.inflection import singular

_ANYONE = r"(?:users|people|members|customers|everybody|everyone)"
_LOOK = r"(?:see|read|view|browse|list|search|find|get|access)"
_UNKNOWN = r"(?:without|with no) (?:an account|accounts?|(?:a )?login|logging[ -]in|signing[ -](?:in|up)|registering|registration)"
_NOTE = r"(?:track|record|store|note|save|remember|log|keep track of|know)"
_DONE = {"reserve": "reservations", "book": "bookings", "rent": "rentals", "borrow": "loans", "hire": "rentals"}
_DEEDS = r"(?:create|add|see|read|view|list|edit|update|change|modify|delete|remove|manage|access)"


def _told_of_each(found: re.Match[str]) -> str:
    """`add checklists to todos: each item has a text`: the fields of what is added."""
    return f"add {found[1]} with {found[3]}" + (f" to {found[2]}" if found[2] else "")


def _done(found: re.Match[str]) -> str:
    """`members can reserve books`: each time is a row, of the one and of the other."""
    rows = _DONE[found[2].lower()]
    return f"add {rows} to {found[3]} and {rows} belong to a {singular(found[1])}"


def _reported(found: re.Match[str]) -> str:
    """`comments can be reported`: a report tells why."""
    return f"add reports with {found[2] or 'a reason'} to {found[1]}"


Instead = str | Callable[[re.Match[str]], str]
_FORMS: tuple[tuple[str, Instead], ...] = (
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
    (r"(?:i|we)(?:'d| would) like (?=(?:an?|the|some|two|three|more)\b)", "add "),
    (
        r"(remove|drop|delete|get rid of) (?:the )?(?!the\b)(\w[\w ]*?) (?:feature|functionality|functions?|mechanism|system)s?$",
        r"\1 \2",
    ),
    (
        r"(.+?) (?:should|must|shall|are to|is to|will) (?:also |all )?be (deleted|removed|kept)(?: too| as well)? (?:(?:when|if|once) (?:their|its|the|an?) (?=[\w ]+ (?:is|gets|are) (?:deleted|removed)$)|(?:along|together) with (?:their|its|the|an?) )([\w ]+?)(?: (?:is|gets|are) (?:deleted|removed))?$",
        r"when a \3 is deleted, its \1 should be \2",
    ),
    (
        rf"{_NOTE} when (?:a|an|each|every|the) ([\w ]+?) (?:was|is|were|got|has been) (last|first) (\w+)$",
        r"\1 should have a \2 \3 at",
    ),
    (
        r"(?:the |all )?([\w ]+?) (?:can|may|should|must) (?:only )?be (\w+) (?:only )?(?:while|when|if|as long as) (?:they are|it is|they're|it's)? ?(?:still )?([\w\-]+(?: or [\w\-]+)*)$",
        r"only \3 \1 can be \2",
    ),
    (r"only (?:the |an? )?(\w+) (create|add|edit|update|change|delete|remove|manage|see|read|view)s? (.+)$", r"only \1 may \2 \3"),
    (
        rf"(?:the |all )?(\w+) (?:can|may|should) ({_DEEDS}) ([\w ]+?),? but (?:they )?(?:can|may|should)?(?:not| not|n't) ({_DEEDS})(?: (?:them|it|those))?$",
        r"\1 can \2 \3 but \1 may not \4 \3",
    ),
    (
        rf"(?:the |all )?([\w ]+?) (?:should|must|may|can) be able to ({_DEEDS}) only (their own|his own|her own) ",
        r"\1 can only \2 \3 ",
    ),
    (
        r"add (?:an? |the )?(?:new )?([\w ]+?)(?: entity| model| table)? (?:that|which|to) (?:groups?|holds?|collects?|contains?|bundles?|organi[sz]es?|gathers?) (?:the |several |many |multiple |related |all )?([\w ]+)$",
        r"\2 belong to a \1",
    ),
    (
        r"add (an? [\w ]+?), (decimal|integer|boolean|text|string|date|datetime|required|optional|unique),? (to|for|on) (?:the |each |every |all )?(.+)$",
        r"add \1 (\2) to \4",
    ),
    (rf"(?:let|allow|permit) ({_ANYONE})(?: to)? (?=(?:comment|review|leave|write)\b)", r"\1 can "),
    (r"add (?:an? |the )?(?:new )?(?:field|column|property|attribute) for (?:the |an? )?(?=\w)", "add "),
    (
        rf"{_NOTE} how long (?:an?|each|every|the) ([\w ]+?) (?:took|takes|lasts?|lasted)(?:,? in \w+)?$",
        r"\1 should have a duration (integer)",
    ),
    (r"(?:allow|permit|accept) (?:for )?([\w ]+?) without (?:an? |any |the )?(?!account|login)([\w ]+)$", r"make \2 of \1 optional"),
    (
        r"add (?:an? |the )?(?:new )?(status|state|stage)\s+(?:called |named )?[\"'`]([\w \-]+)[\"'`](?: (?:after|before|between) [\w\- \"'`]+)?$",
        r"\1 can also be \2",
    ),
    (
        r"(?:the )?([\w ]*(?:status|state|stage))\s*: add [\"'`]?([\w\-]+)[\"'`]?(?: (?:after|before|between) [\w\- \"'`]+)?$",
        r"\1 can also be \2",
    ),
    (
        rf"(?!nobody\b|no one\b|only\b)(.+? (?:can|may|should) (?:{_DEEDS}|{_LOOK})) (?:the )?([\w ]+?) (?:of|from|by) (?:everyone|everybody|anyone|all users|other users|others|other people)$",
        r"\1 all \2",
    ),
    (
        r"([\w ]+?) (?:should |must |need to )?(?:remember|record|store|know|say|tell|show)s? when (?:they|it) (?:was|were|got) (\w+)$",
        r"\1 should have a \2 at",
    ),
    (
        r"([\w ]+?) (?:must |should )?(?:needs?|requires?|gets?) (?:the |an )?approval (?:by|from|of) (?:an? |the )?([\w ]+)$",
        r"\2 can approve \1",
    ),
    (rf"{_ANYONE} (?:can |may |should )?(?:register|sign up) (?:for|to|in) ([\w ]+)$", r"users can attend \1"),
    (r"((?:\w+ )?\w+s) (?:can |should |may )?expires?(?: on an? (?:\w+ )?date)?$", r"\1 should have an expiry date"),
    (
        r"count how (?:often|many times) (?:an?|each|every|the) ([\w ]+?) (?:was|is|has been|gets) (\w+)$",
        r"\1 should have a \2 count (integer, default 0)",
    ),
    (
        r"make ([\w ]+?) (?:at most|max(?:imum)?|up to|no more than) (\d+ (?:characters|chars|letters))",
        r"\1 must be at most \2",
    ),
    (r"(.+?) must be not (blank|empty|null)$", r"\1 must not be \2"),
    (
        r"(?!(?:add|create|introduce|include|support|give|have|remove|drop|link|connect|make|let|replace|use|allow|we|i)\b)((?:[a-z]+ )?[a-z]+s) (with|having) (an? .+)$",
        r"add \1 \2 \3",
    ),
    (r"count (?:the )?([\w ]+?) (?:per|of each|for each|of every|for every) ([\w ]+)$", r"show the number of \1 on \2"),
    (r"link (.+?) (?:to|with) (?:the )?(\w+),? (?:as )?many[ -]to[ -]many$", r"\1 and \2 are many to many"),
    (
        r"(?:set|keep|restrict|limit|make) (?:the )?([\w ]+?) (?:to (?:be )?|stay )?(between|from) (-?\d[\d.]*) (and|to) (-?\d[\d.]*)$",
        r"\1 should be \2 \3 \4 \5",
    ),
    (rf"(?:let|allow|permit) (\w+) (?:to )?({'|'.join(_DONE)}) (?:the |an? )?([\w ]+)$", _done),
    (rf"(\w+) (?:can|may|should be able to) ({'|'.join(_DONE)}) (?:the |an? )?([\w ]+)$", _done),
    (r"show how many (\w[\w ]*?) (?:each|every|an?|the) ([\w ]+?) has$", r"\2 should show how many \1 there"),
    (
        rf"{_ANYONE} (?:can|may|should) assign ([\w ]+?) to (?:each other|one another|other {_ANYONE}|another \w+|someone(?: else)?|somebody(?: else)?)$",
        r"\1 can be assigned to another user",
    ),
    (
        r"([\w ]+?) (?:should|must|need to) (?:also )?(?:include|have|carry|contain) (?:the|a) time(?: of day)?$",
        r"\1 should be a datetime",
    ),
    (
        r"add ([\w ]+?)(?: to ([\w ]+?))?\s*: (?:an?|each|every|one)(?: one| of them)? ?[\w ]*? ?(?:has|have|with|needs) (.+)$",
        _told_of_each,
    ),
    (
        r"\w+ (?:can|may|should|should be able to) rate (\w[\w ]*?) (?:from|between) (\d+) (?:and|to) (\d+)(?: stars)?$",
        r"add ratings with a value (integer, \2 to \3) to \1",
    ),
    (
        r"(?:let|allow|permit) \w+ (?:to )?rate (\w[\w ]*?) (?:from|between) (\d+) (?:and|to) (\d+)(?: stars)?$",
        r"add ratings with a value (integer, \2 to \3) to \1",
    ),
    (
        rf"(?:the |all )?([\w ]+?) (?:can|may|should) be reported(?: by {_ANYONE})?(?: with (.+))?$",
        _reported,
    ),
    (r"(.+?) (can|may) just ", r"\1 \2 "),
    (
        r"(?:the |all )?([\w ]+?) (?:are|is|should be|must be) (?:only visible|visible only|only shown|shown only) (?:to|for) (?!their\b|its\b|the owner)([\w ,]+)$",
        r"only \2 may see \1",
    ),
    (
        rf"{_NOTE} when (?:a|an|each|every|the) ([\w ]+?) (?:was|is|were) (\w+) and by (?:which|what) (\w+)$",
        r"\1 should have a \2 at and a \3",
    ),
    (
        rf"{_NOTE} (?:the |an? )?([\w ]+?) (?:of|for) (?:(?:an?|each|every|the|all) )?([\w ]+?)\s*(\([^()]+\))$",
        r"add \1 \3 to \2",
    ),
    (
        r"(?:protect|secure|lock|guard) (?:the |this )?(?:api|app|backend|project|everything) (?:with|by|behind) (?:an? )?(?:login|authentication|auth|accounts?|passwords?)$",
        "add authentication",
    ),
    (
        r"([\w ]+?) (?:should|must) (?:know|remember|record|store|say|tell) who (\w+) (?:them|it)$",
        r"\1 should have a \2 by",
    ),
    (
        r"(remove|drop|delete) (.+?),? (?:and|with|together with|along with|including) (?:everything|all|whatever) (?:that )?(?:belongs to|depends on|is linked to|is related to|hangs on) it$",
        r"\1 \2",
    ),
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
    (
        r"add (.+?),? (?:to|on|for) (?:the |each |every |all )?([\w ]+), (?:with )?(?:an? )?(default(?:s|ing)?(?: of| to| is)? \S+)$",
        r"add \1 (\3) to \2",
    ),
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
REWRITES = tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in _FORMS)
"""Applied in this order, each to what the ones before have made of a clause."""
