from .choice import Choice
from .job import Job, JobStatus
from .record import ExportRecord

__all__ = ["Choice", "ExportRecord", "Job", "JobStatus"]
