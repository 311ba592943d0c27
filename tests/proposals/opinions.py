"""A stand-in for the app that takes proposals over as 社情民意."""

from dataclasses import dataclass, field

from proposals.dispositions import Handed


@dataclass
class Opinions:
    taken: dict[int, Handed] = field(default_factory=dict)
    used: bool = False  # somebody works with it: it does not come back
    broken: bool = False

    def convert(self, handed: Handed) -> str:
        if self.broken:
            raise RuntimeError("the other app is down")
        self.taken[handed.proposal_id] = handed
        return f"社情民意第 {len(self.taken)} 号"

    def why_kept(self, proposal_id: int) -> str:
        return "这件社情民意已经报送" if self.used else ""

    def give_back(self, proposal_id: int) -> None:
        del self.taken[proposal_id]
