from .choice import Choice
from .job import Job, JobState
from .record import ExportRecord

__all__ = ["Choice", "ExportRecord", "Job", "JobState"]
