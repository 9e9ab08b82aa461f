from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from apiwright.compiler.compiled_templates import CompiledTemplates


class NoCompiler(Environment):
    def compile(self, *_: object, **__: object) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
        raise AssertionError("it was compiled")


def rendered(kind: type[Environment], source: str, directory: Path) -> str:
    return kind(loader=DictLoader({"hello": source}), bytecode_cache=CompiledTemplates(directory)).get_template("hello").render(name="you")


def test_a_template_is_compiled_once_and_again_when_it_has_changed(tmp_path: Path):
    assert rendered(Environment, "Hello {{ name }}", tmp_path / "kept") == "Hello you"
    assert rendered(NoCompiler, "Hello {{ name }}", tmp_path / "kept") == "Hello you"
    with pytest.raises(AssertionError, match="it was compiled"):
        rendered(NoCompiler, "Bye {{ name }}", tmp_path / "kept")


@pytest.mark.parametrize("left", [0, 10, -20])
def test_a_file_that_was_cut_short_is_passed_over(left: int, tmp_path: Path):
    rendered(Environment, "Hello {{ name }}", tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:left])
    assert rendered(Environment, "Hello {{ name }}", tmp_path) == "Hello you"
    assert rendered(NoCompiler, "Hello {{ name }}", tmp_path) == "Hello you"
