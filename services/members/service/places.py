"""The organisation tree, its grids and shapes, and who answers for which place."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.service import Service, answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import grids, responsibility, shapes, tree


class Places(Service):
    @answers(c.ListNodes)
    def list_nodes(self, work: Work, ask: c.ListNodes) -> Page[c.NodeView]:
        return tree.list_nodes(work, ask)

    @answers(c.GetNode)
    def get_node(self, work: Work, ask: c.GetNode) -> c.NodeView:
        return tree.get_node(work, ask)

    @answers(c.GridReport)
    def grid_report(self, work: Work, ask: c.GridReport) -> c.GridReportView:
        return grids.grid_report(work, ask)

    @answers(c.CommunityAt)
    def community_at(self, work: Work, ask: c.CommunityAt) -> c.CommunityFound:
        return shapes.community_at(work, ask)

    @answers(c.ListShapes)
    def list_shapes(self, work: Work, ask: c.ListShapes) -> tuple[c.ShapeView, ...]:
        return shapes.list_shapes(work, ask)

    @answers(c.AssignResponsibility)
    def assign_responsibility(self, work: Work, ask: c.AssignResponsibility) -> c.ResponsibilityView:
        return responsibility.assign_responsibility(work, ask)

    @answers(c.EndResponsibility)
    def end_responsibility(self, work: Work, ask: c.EndResponsibility) -> c.ResponsibilityView:
        return responsibility.end_responsibility(work, ask)

    @answers(c.ListResponsibilities)
    def list_responsibilities(self, work: Work, ask: c.ListResponsibilities) -> Page[c.ResponsibilityView]:
        return responsibility.list_responsibilities(work, ask)

    @answers(c.ListUncovered)
    def list_uncovered(self, work: Work, ask: c.ListUncovered) -> Page[c.UncoveredPlace]:
        return responsibility.list_uncovered(work, ask)

    @answers(c.CountResponsibilities)
    def count_responsibilities(self, work: Work, ask: c.CountResponsibilities) -> tuple[c.LevelCovered, ...]:
        return responsibility.count_responsibilities(work, ask)
