"""ProjectModel: everything that templates print, resolved. Names, types, paths and rules are decided in `lowering`, never in a template.

Two kinds of text live here. `Code` may be printed as it is; a plain `str` is what somebody wrote (or a name as the blueprint
spells it), and a template that prints it fails: mint it first, in `python_source` or a sibling for another language.
"""

from apiwright.compiler.project_model.entities import EntityModel
from apiwright.compiler.project_model.extensions import ComputedModel, EndpointModel, ExtensionModel, HookModel, HooksModel
from apiwright.compiler.project_model.fields import ColumnModel, FieldModel, Filter, Operator
from apiwright.compiler.project_model.project import AuthModel, ProjectModel, Signatures, TableModel, Uses
from apiwright.compiler.project_model.relations import EntityRef, LinkRef, RelationModel, Target
from apiwright.compiler.project_model.routes import CountModel, Guard, OperationModel, PairActionModel, TransitionModel

__all__ = [
    "AuthModel",
    "ColumnModel",
    "ComputedModel",
    "CountModel",
    "EndpointModel",
    "EntityModel",
    "EntityRef",
    "ExtensionModel",
    "FieldModel",
    "Filter",
    "Guard",
    "HookModel",
    "HooksModel",
    "LinkRef",
    "OperationModel",
    "Operator",
    "PairActionModel",
    "ProjectModel",
    "RelationModel",
    "Signatures",
    "TableModel",
    "Target",
    "TransitionModel",
    "Uses",
]
