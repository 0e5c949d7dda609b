"""Pictures of numbers: pure functions from values to SVG, with the same numbers as a table for those who cannot see it.

Colours are classes of the one stylesheet, so that dark mode and print have their own; nothing here needs a script.
"""

from gateway.web.charts.bars import Bar as Bar
from gateway.web.charts.bars import bars as bars
from gateway.web.charts.chart import Cell as Cell
from gateway.web.charts.chart import Chart as Chart
from gateway.web.charts.funnel import Stage as Stage
from gateway.web.charts.funnel import funnel as funnel
from gateway.web.charts.heat import HeatRow as HeatRow
from gateway.web.charts.heat import heat as heat
from gateway.web.charts.heat import heat_table as heat_table
from gateway.web.charts.heat import shade as shade
from gateway.web.charts.outlines import Place as Place
from gateway.web.charts.outlines import outlines as outlines
from gateway.web.charts.trend import Series as Series
from gateway.web.charts.trend import trend as trend
