"""The web page: its built files, and the page itself at every address that no other route has.

The files are made by `npm run build` in `web/` and ship in the wheel. They are read once, at start: what can be answered is what was
there then, and no path of a request ever reaches the disk.
"""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

BUILT = Path(__file__).parent / "web"
_RESERVED = ("/api", "/health", "/metrics", "/docs", "/redoc", "/openapi.json")
_POLICY = "; ".join(
    [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self'", "connect-src 'self'",
        "worker-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ]
)  # fmt: skip
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_UNBUILT = """<!doctype html><html lang="en"><title>Apiwright</title><h1>The page is not built</h1>
<p>The service runs, and its API is at <a href="/docs">/docs</a>. With Node 20.19 or later, <code>make page</code> builds the page;
an installed package has it already.</p></html>"""


@dataclass(frozen=True, slots=True)
class _Asset:
    """One file: its bytes as they are, and as they were compressed when the page was built, by encoding."""

    media_type: str
    contents: Mapping[str, bytes]
    etag: str


def add_page(app: FastAPI, built: Path = BUILT) -> None:
    """Answer with the page wherever no route before this one does. Call it last."""
    assets = _read(built)

    async def page(request: Request) -> Response:
        if not assets:
            return HTMLResponse(_UNBUILT, status_code=503)
        name = request.path_params["path"]
        if name in assets and name != "index.html":
            return _answer(request, assets[name], immutable=name.startswith("assets/"))
        if name and "text/html" not in request.headers.get("accept", ""):
            raise HTTPException(404)
        return _answer(request, assets["index.html"], immutable=False)

    app.router.routes.append(_PageRoute("/{path:path}", page, methods=["GET"], include_in_schema=False))


class _PageRoute(Route):
    """Leaves to the API what is the API's, so that its errors stay problem details."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path: str = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return Match.NONE, {}
        if any(path == reserved or path.startswith(f"{reserved}/") for reserved in _RESERVED):
            return Match.NONE, {}
        return super().matches(scope)


def _read(built: Path) -> dict[str, _Asset]:
    if not (built / "index.html").is_file():
        return {}
    files = {path.relative_to(built).as_posix(): path.read_bytes() for path in sorted(built.rglob("*")) if path.is_file()}
    return {
        name: _Asset(
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            contents={"": content} | {encoding: files[name + ending] for encoding, ending in _ENCODINGS.items() if name + ending in files},
            etag=hashlib.sha256(content).hexdigest()[:32],
        )
        for name, content in files.items()
        if not name.endswith((".br", ".gz"))
    }


def _answer(request: Request, asset: _Asset, *, immutable: bool) -> Response:
    encoding = _encoding(request.headers, asset)
    etag = f'"{asset.etag}{encoding and "-"}{encoding}"'
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
        "Content-Security-Policy": _POLICY,
        "ETag": etag,
        "Vary": "Accept, Accept-Encoding",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(asset.contents[encoding], media_type=asset.media_type, headers=headers)


def _encoding(headers: Headers, asset: _Asset) -> str:
    """The best encoding that the client takes: weights are left out of account but for a plain refusal (`q=0`)."""
    offers = [offer.strip().replace(" ", "") for offer in headers.get("accept-encoding", "").lower().split(",")]
    taken = {offer.split(";")[0] for offer in offers if not offer.endswith(";q=0")}
    return next((encoding for encoding in asset.contents if encoding in taken), "")
