"""Files as values: what the compiler makes, what the verifier reads, what is written as a whole or not at all."""

from apiwright.filetree.diff import FileDiff, diff_trees
from apiwright.filetree.merge import Conflict, Merge, MergedText, TextMerge, merge_trees, unsolved
from apiwright.filetree.tree import FileTree, GeneratedFile, Manifest, ManifestEntry
from apiwright.filetree.write import Staging, read_tree, refuse_occupied, room_beside, staged

__all__ = [
    "Conflict",
    "FileDiff",
    "FileTree",
    "GeneratedFile",
    "Manifest",
    "ManifestEntry",
    "Merge",
    "MergedText",
    "Staging",
    "TextMerge",
    "diff_trees",
    "merge_trees",
    "read_tree",
    "refuse_occupied",
    "room_beside",
    "staged",
    "unsolved",
]
