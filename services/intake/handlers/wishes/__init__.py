"""Use cases of small wishes."""

from services.intake.handlers.wishes.claiming import claim_wish as claim_wish
from services.intake.handlers.wishes.claiming import end_claims as end_claims
from services.intake.handlers.wishes.claiming import end_due_claims as end_due_claims
from services.intake.handlers.wishes.claiming import give_wish_back as give_wish_back
from services.intake.handlers.wishes.claiming import reveal_wish_contact as reveal_wish_contact
from services.intake.handlers.wishes.making import make_wish as make_wish
from services.intake.handlers.wishes.making import refuse_wish as refuse_wish
from services.intake.handlers.wishes.making import show_wish as show_wish
from services.intake.handlers.wishes.making import withdraw_wish as withdraw_wish
from services.intake.handlers.wishes.reading import get_wish as get_wish
from services.intake.handlers.wishes.reading import list_wishes as list_wishes
from services.intake.handlers.wishes.reading import wish_figures as wish_figures
from services.intake.handlers.wishes.settling import confirm_wish as confirm_wish
from services.intake.handlers.wishes.settling import report_wish as report_wish
from services.intake.handlers.wishes.settling import send_wish_back as send_wish_back
