"""Three-way merge of trees, with git's own merge of text."""

import pytest

from apiwright.filetree import FileTree, GeneratedFile, diff_trees, merge_trees, unsolved
from apiwright.pipeline.merging import merge_text

LINES = "".join(f"line {number}\n" for number in range(20))
CONFLICT = "<<<<<<< yours\n"


def tree(**files: str) -> FileTree:
    return FileTree(GeneratedFile(f"{name}.py", text) for name, text in files.items())


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected", "kind"),
    [
        (LINES, LINES, LINES, LINES, None),
        (LINES, LINES, "new\n" + LINES, "new\n" + LINES, None),
        (LINES, LINES + "mine\n", LINES, LINES + "mine\n", None),
        (LINES, LINES + "mine\n", "new\n" + LINES, "new\n" + LINES + "mine\n", None),
        (LINES, LINES + "same\n", LINES + "same\n", LINES + "same\n", None),
        (LINES, LINES + "mine\n", LINES + "new\n", None, "text"),
        (LINES, None, LINES, None, None),
        (LINES, None, LINES + "new\n", None, "deleted-by-user"),
        (LINES, LINES, None, None, None),
        (LINES, LINES + "mine\n", None, LINES + "mine\n", "deleted-by-generator"),
        (None, None, LINES, LINES, None),
        (None, LINES, LINES, LINES, None),
        (None, "mine\n", "new\n", None, "added-by-both"),
        (LINES, (LINES + "mine\n").replace("\n", "\r\n"), "new\n" + LINES, ("new\n" + LINES + "mine\n").replace("\n", "\r\n"), None),
    ],
)
def test_each_combination_of_edits(base: str | None, ours: str | None, theirs: str | None, expected: str | None, kind: str | None) -> None:
    trees = [tree(**({"a": text} if text is not None else {}), rest="rest\n") for text in (base, ours, theirs)]
    merge = merge_trees(*trees, merge_text=merge_text)
    assert [conflict.kind for conflict in merge.conflicts] == ([kind] if kind else [])
    if kind in {"text", "added-by-both"}:
        assert CONFLICT in merge.tree["a.py"].text
        assert unsolved(merge.tree) == ("a.py",)
        assert "a.py" in merge.conflicts[0].sentence
    elif expected is None:
        assert "a.py" not in merge.tree
    else:
        assert merge.tree["a.py"].text == expected
        assert unsolved(merge.tree) == ()
    assert "rest.py" not in merge.written


def test_a_file_that_moved_takes_the_users_edits_along() -> None:
    base, theirs = tree(task=LINES), tree(ticket="class Ticket\n" + LINES)
    merge = merge_trees(base, tree(task=LINES + "mine\n"), theirs, merge_text=merge_text, moved={"task.py": "ticket.py"})
    assert merge.tree.paths == ("ticket.py",)
    assert merge.tree["ticket.py"].text == "class Ticket\n" + LINES + "mine\n"
    assert (merge.written, merge.removed, merge.kept) == (("ticket.py",), ("task.py",), ("ticket.py",))
    assert not merge.conflicts


def test_a_file_that_moves_onto_one_of_the_users_leaves_both_marked() -> None:
    ours = tree(task=LINES, ticket="mine\n")
    merge = merge_trees(tree(task=LINES), ours, tree(ticket=LINES), merge_text=merge_text, moved={"task.py": "ticket.py"})
    assert [conflict.kind for conflict in merge.conflicts] == ["added-by-both"]
    assert "mine" in merge.tree["ticket.py"].text


def test_a_file_that_the_user_moved_is_followed() -> None:
    ours = tree(place=LINES + "mine\n", other="unlike\n")
    merge = merge_trees(tree(a=LINES), ours, tree(a="new\n" + LINES), merge_text=merge_text)
    assert merge.tree.paths == ("place.py",)
    assert merge.tree["place.py"].text == "new\n" + LINES + "mine\n"
    assert not merge.conflicts


def test_two_files_can_change_places() -> None:
    base, theirs = tree(a="a\n" + LINES, b="b\n" + LINES), tree(a="b\n" + LINES, b="a\n" + LINES)
    ours = tree(a="a\n" + LINES + "mine\n", b="b\n" + LINES)
    merge = merge_trees(base, ours, theirs, merge_text=merge_text, moved={"a.py": "b.py", "b.py": "a.py"})
    assert merge.tree["b.py"].text == "a\n" + LINES + "mine\n"
    assert merge.tree["a.py"].text == "b\n" + LINES


def test_a_diff_tells_files_added_removed_changed_and_moved() -> None:
    old, new = tree(a="1\n", b="2\n", c="3\n"), tree(a="1\n2", c="4\n", d="5\n", e="2\n")
    found = diff_trees(old, new, moved={"b.py": "e.py"})
    assert [(item.path, item.status) for item in found] == [("a.py", "changed"), ("c.py", "changed"), ("d.py", "added"), ("e.py", "moved")]
    assert found[0].diff == "--- a/a.py\n+++ b/a.py\n@@ -1 +1,2 @@\n 1\n+2\n\\ No newline at end of file\n"
    assert [item.status for item in diff_trees(new, old)].count("removed") == 2
