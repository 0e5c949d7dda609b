"""What others may know of evaluation: its words, its events, and what it can be asked."""

from services.evaluation.contracts.asks import FollowUpView as FollowUpView
from services.evaluation.contracts.asks import GetRating as GetRating
from services.evaluation.contracts.asks import Ledger as Ledger
from services.evaluation.contracts.asks import LedgerEntry as LedgerEntry
from services.evaluation.contracts.asks import LedgerView as LedgerView
from services.evaluation.contracts.asks import ListFollowUps as ListFollowUps
from services.evaluation.contracts.asks import RateOrder as RateOrder
from services.evaluation.contracts.asks import RatingView as RatingView
from services.evaluation.contracts.asks import RecordFollowUp as RecordFollowUp
from services.evaluation.contracts.events import FollowUpRecorded as FollowUpRecorded
from services.evaluation.contracts.events import OrderRated as OrderRated
from services.evaluation.contracts.events import PointsAwarded as PointsAwarded
from services.evaluation.contracts.figures import Figures as Figures
from services.evaluation.contracts.figures import FiguresView as FiguresView
from services.evaluation.contracts.figures import FigureView as FigureView
from services.evaluation.contracts.figures import OrdersBehind as OrdersBehind
from services.evaluation.contracts.lists import ProblemEntry as ProblemEntry
from services.evaluation.contracts.lists import ProblemList as ProblemList
from services.evaluation.contracts.lists import ResultEntry as ResultEntry
from services.evaluation.contracts.lists import ResultList as ResultList
from services.evaluation.contracts.lists import TaskEntry as TaskEntry
from services.evaluation.contracts.lists import TaskList as TaskList
from services.evaluation.contracts.words import Figure as Figure
from services.evaluation.contracts.words import Grade as Grade
from services.evaluation.contracts.words import Part as Part
from services.evaluation.contracts.words import Slug as Slug
