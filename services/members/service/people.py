"""Members: double check-in, their files and cards, moving and leaving, and the posts that they choose."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.service import answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import cards, files, members, moving, posts
from services.members.service.hashing import Hashing


class People(Hashing):
    @answers(c.CheckInMember)
    def check_in_member(self, work: Work, ask: c.CheckInMember) -> c.MemberView:
        return members.check_in_member(work, ask, self.sealer, self.hash_password)

    @answers(c.GetMember)
    def get_member(self, work: Work, ask: c.GetMember) -> c.MemberView:
        return members.get_member(work, ask, self.sealer)

    @answers(c.ListMembers)
    def list_members(self, work: Work, ask: c.ListMembers) -> Page[c.MemberView]:
        return members.list_members(work, ask, self.sealer)

    @answers(c.ReviseFile)
    def revise_file(self, work: Work, ask: c.ReviseFile) -> c.MemberView:
        return files.revise_file(work, ask, self.sealer)

    @answers(c.ListFileChanges)
    def list_file_changes(self, work: Work, ask: c.ListFileChanges) -> Page[c.FileChangeView]:
        return files.list_file_changes(work, ask)

    @answers(c.MoveMember)
    def move_member(self, work: Work, ask: c.MoveMember) -> c.MemberView:
        return moving.move_member(work, ask, self.sealer)

    @answers(c.CheckOutMember)
    def check_out_member(self, work: Work, ask: c.CheckOutMember) -> c.MemberView:
        return moving.check_out_member(work, ask, self.sealer)

    @answers(c.GetCard)
    def get_card(self, work: Work, ask: c.GetCard) -> c.CardView:
        return cards.get_card(work, ask)

    @answers(c.SetPost)
    def set_post(self, work: Work, ask: c.SetPost) -> c.PostView:
        return posts.set_post(work, ask)

    @answers(c.ClosePost)
    def close_post(self, work: Work, ask: c.ClosePost) -> c.PostView:
        return posts.close_post(work, ask)

    @answers(c.ChoosePost)
    def choose_post(self, work: Work, ask: c.ChoosePost) -> c.PostView:
        return posts.choose_post(work, ask)

    @answers(c.LeavePost)
    def leave_post(self, work: Work, ask: c.LeavePost) -> c.PostView:
        return posts.leave_post(work, ask)

    @answers(c.GetPost)
    def get_post(self, work: Work, ask: c.GetPost) -> c.PostView:
        return posts.get_post(work, ask)

    @answers(c.ListPosts)
    def list_posts(self, work: Work, ask: c.ListPosts) -> Page[c.PostView]:
        return posts.list_posts(work, ask)
