"""What the templates of generated tests print, resolved: see `project_model` for the rules on text.

Values come in two forms, as Python source: `json` is what a client sends, `value` what a row holds.
"""

from apiwright.compiler.tests_model.cases import (
    ChildTests,
    Conflict,
    CountTests,
    FilterCase,
    Filters,
    ForeignTests,
    Link,
    LinkFilter,
    LinksTests,
    WrongValue,
)
from apiwright.compiler.tests_model.extensions import (
    ComputedTests,
    CreationTests,
    EndpointTests,
    HookTests,
    StandInModel,
    WiringTests,
)
from apiwright.compiler.tests_model.routes import CallerModel, OperationTests, PairTests, RouteTests, TransitionTests
from apiwright.compiler.tests_model.rows import ParentModel, SampleModel
from apiwright.compiler.tests_model.suite import EntityTests, TestsModel

__all__ = [
    "CallerModel",
    "ChildTests",
    "ComputedTests",
    "Conflict",
    "CountTests",
    "CreationTests",
    "EndpointTests",
    "EntityTests",
    "FilterCase",
    "Filters",
    "ForeignTests",
    "HookTests",
    "Link",
    "LinkFilter",
    "LinksTests",
    "OperationTests",
    "PairTests",
    "ParentModel",
    "RouteTests",
    "SampleModel",
    "StandInModel",
    "TestsModel",
    "TransitionTests",
    "WiringTests",
    "WrongValue",
]
