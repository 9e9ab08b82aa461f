"""What tools know already: whoever runs in a sandbox, under whatever user id, is spared the work."""

from apiwright.verifier.protocol import Bench
from apiwright.verifier.sandbox.limits import MIB

CHARACTERS = """\
import os, sys, unicodedata
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = sys.argv[1]
from hypothesis.internal import charmap
sys.maxunicode = 0x7f  # what is worked out now ends here
print(charmap.intervals_from_codec("utf-8")[0].intervals[-1][1], max(end for spans in charmap.charmap().values() for _, end in spans))
"""


def test_characters_are_not_looked_through_again(bench: Bench) -> None:
    assert bench.seed is not None
    bench.sandbox.write({"characters.py": CHARACTERS})
    argv = [str(bench.tools.python), "-I", "characters.py", str(bench.seed.hypothesis)]
    answer = bench.sandbox.execute(argv, seconds=60, memory=1024 * MIB).result()
    assert answer.output.split() == [str(0x10FFFF)] * 2
