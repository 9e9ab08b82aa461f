"""The page as it is served: what is answered, how, and what is left to the API."""

import asyncio
import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from apiwright.api.page import add_page

HTML = {"accept": "text/html"}
TEXT = "<!doctype html><title>Page</title>"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(TEXT)
    (tmp_path / "index.html.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "assets" / "app-1.js").write_text("main()")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


def ask(built: Path, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
    """What an application of one route and the page answers."""
    app = FastAPI()
    app.add_api_route("/api/known", lambda: "api")
    add_page(app, built)

    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page") as client:
            return await client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return asyncio.run(answer())


@pytest.mark.parametrize("path", ["/", "/projects", "/g/1/files/app/main.py", "/projects/1/compare/1/2"])
def test_every_address_of_the_page_is_the_page_with_a_strict_policy(built: Path, path: str) -> None:
    answer = ask(built, path, **HTML)
    assert answer.status_code == 200
    assert "<title>Page</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_built_files_are_kept_for_ever_and_unchanged_ones_not_sent_again(built: Path) -> None:
    answer = ask(built, "/assets/app-1.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    again = ask(built, "/assets/app-1.js", if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "gzip"), ("gzip;q=0", None), ("identity", None)])
def test_what_was_compressed_when_built_is_sent_to_those_who_take_it(built: Path, accepted: str, encoding: str | None) -> None:
    answer = ask(built, "/", accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.text == TEXT


@pytest.mark.parametrize("path", ["/assets/gone.js", "/favicon.ico", "/index.html.gz", "/%2e%2e/secret.txt", "/..%2fsecret.txt"])
def test_a_file_that_was_not_built_is_not_there(built: Path, path: str) -> None:
    assert ask(built, path).status_code == 404


@pytest.mark.parametrize("path", ["/api", "/api/unknown", "/health/unknown", "/metrics"])
def test_the_api_keeps_its_own_errors(built: Path, path: str) -> None:
    assert ask(built, path, **HTML).status_code == 404
    assert ask(built, "/anything", method="POST").status_code == 404
    assert ask(built, "/api/known").json() == "api"


def test_without_a_build_it_says_how_to_make_one(tmp_path: Path) -> None:
    answer = ask(tmp_path, "/", **HTML)
    assert answer.status_code == 503
    assert "make page" in answer.text
    assert ask(tmp_path, "/api/known").json() == "api"
