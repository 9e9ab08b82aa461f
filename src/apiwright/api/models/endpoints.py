"""Which language models there are, and users' own keys for them."""

from fastapi import APIRouter, Response

from apiwright.api.deps import GenerationsReader, Person, Shared
from apiwright.api.models.schemas import Caps, ModelKeyRead, ModelKeyWrite, ModelRead, ModelsRead
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.planner.choice import Vendor
from apiwright.store import Accounts, ModelKeys

router = APIRouter(tags=["models"])


@router.get("/models", responses=documented(401, 403, 429, 503))
async def index(shared: Shared, caller: GenerationsReader) -> ModelsRead:
    """The models that a generation may ask for, and the most that it may use of one."""
    models = shared.service.models
    offers = [
        ModelRead(
            name=offer.name, vendor=offer.vendor, model=offer.model, key=offer.whose, usable=not offer.absent, reason=offer.absent
        )
        for offer in await models.offers(caller.user_id)
    ]  # fmt: skip
    own_keys = shared.service.seals is not None
    return ModelsRead(default=models.default, own_keys=own_keys, models=offers, budget=Caps.model_validate(models.caps))


@router.get("/model-keys", responses=documented(401, 403, 429, 503))
async def keys(shared: Shared, caller: Person) -> list[ModelKeyRead]:
    """The vendors for which one has stored a key."""
    async with shared.service.database.read() as session:
        return [ModelKeyRead.model_validate(key) for key in await ModelKeys(session).of(caller.user_id)]


@router.get("/model-keys/{vendor}", responses=documented(401, 403, 404, 422, 429, 503))
async def show_key(shared: Shared, caller: Person, vendor: Vendor) -> ModelKeyRead:
    """Whether one has stored a key for this vendor, and when."""
    async with shared.service.database.read() as session:
        found = await ModelKeys(session).find(caller.user_id, vendor)
    if found is None:
        raise not_found("key")
    return ModelKeyRead.model_validate(found)


@router.put("/model-keys/{vendor}", responses=documented(400, 401, 403, 409, 413, 422, 429, 503))
async def put_key(shared: Shared, caller: Person, vendor: Vendor, body: ModelKeyWrite) -> ModelKeyRead:
    """Store a key of one's own. It is kept sealed, is asked with instead of the service's, and cannot be read again."""
    seals = shared.service.seals
    if seals is None:
        raise ProblemError(409, "keys-not-kept", "This service takes no keys: it has nothing to seal them with (`APIWRIGHT_KEYS_SECRET`).")
    sealed = seals.seal(caller.user_id, vendor, body.key.get_secret_value())
    async with shared.service.database.write() as session:
        if await Accounts(session).by_id(caller.user_id) is None:
            raise ProblemError(401, "unauthenticated", "This account is gone.")
        return ModelKeyRead.model_validate(await ModelKeys(session).put(caller.user_id, vendor, sealed))


@router.delete("/model-keys/{vendor}", status_code=204, responses=documented(401, 403, 404, 422, 429, 503))
async def drop_key(shared: Shared, caller: Person, vendor: Vendor) -> Response:
    """Forget a key. Generations that begin to plan after this do not have it."""
    async with shared.service.database.write() as session:
        if not await ModelKeys(session).drop(caller.user_id, vendor):
            raise not_found("key")
    return Response(status_code=204)
