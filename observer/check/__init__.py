"""`observer check`: files and standard input judged as the observer would judge the traffic."""

from observer.check.inputs import Input, find_inputs
from observer.check.report import Found, Report
from observer.check.run import run_check
from observer.check.sources import Asked
from observer.check.work import Check

__all__ = ["Asked", "Check", "Found", "Input", "Report", "find_inputs", "run_check"]
