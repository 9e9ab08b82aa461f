import subprocess
from pathlib import Path

from apiwright.filetree import FileTree, GeneratedFile
from apiwright.pipeline.git import Git


def counted(directory: Path) -> dict[str, str]:
    told = subprocess.run(["git", "count-objects", "-v"], cwd=directory, capture_output=True, text=True, check=True).stdout
    return dict(line.split(": ") for line in told.splitlines())


def begun(directory: Path, tree: FileTree) -> Git:
    git = Git.begin(directory)
    assert git is not None
    git.store_first(tree, message="v1", version=1)
    return git


def test_the_tree_of_a_small_project_is_stored_as_one_pack_and_comes_back_as_it_was(tmp_path: Path):
    tree = FileTree([GeneratedFile("app/main.py", "print()\n"), GeneratedFile("README.md", "# Tiny\n")])
    git = begun(tmp_path, tree)
    assert (counted(tmp_path)["count"], counted(tmp_path)["packs"]) == ("0", "1")
    assert [(file.path, file.text) for file in git.tree("apiwright/v1")] == [(file.path, file.text) for file in tree]


def test_a_snapshot_stores_only_what_differs_from_the_one_before(tmp_path: Path):
    files = [GeneratedFile(f"app/module_{number}.py", f"VALUE = {number}\n") for number in range(30)]
    git = begun(tmp_path, FileTree(files))
    git.snapshot(FileTree([*files[1:], GeneratedFile("app/module_0.py", "VALUE = -1\n")]), parent="apiwright/v1", message="v2")
    before, after = 30 + 3, int(counted(tmp_path)["in-pack"])  # blobs, two directories and a commit
    assert after == before + 4  # a blob, two directories and a commit
