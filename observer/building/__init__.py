"""Parsed documents → one Catalog: checked one by one, then against each other, then compiled. Reads no file."""

from observer.building.build import build
from observer.building.limits import BuildLimits
from observer.building.series import series_by_metric, series_estimate

__all__ = ["BuildLimits", "build", "series_by_metric", "series_estimate"]
