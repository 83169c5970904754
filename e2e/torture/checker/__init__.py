"""The independent checker: it shares no code with the product, and works its formats out anew.

A round gathers evidence (`Evidence`), `check` returns what is wrong with it, `Findings.tally` makes the round's tally.
"""

from e2e.torture.checker.check import check as check
from e2e.torture.checker.evidence import Acknowledged as Acknowledged
from e2e.torture.checker.evidence import Evidence as Evidence
from e2e.torture.checker.evidence import Findings as Findings
from e2e.torture.checker.evidence import Kept as Kept
from e2e.torture.checker.evidence import Place as Place
from e2e.torture.checker.evidence import folder_at as folder_at
from e2e.torture.checker.evidence import folder_of as folder_of
from e2e.torture.checker.oms import stock_of as stock_of
