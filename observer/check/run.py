"""The check itself: blocks judged by as many processes as there are cores, added up in their order."""

import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from observer.catalog import Catalog
from observer.check.blocks import Block, blocks
from observer.check.inputs import Input, unreadable
from observer.check.judge import Judge
from observer.check.reading import TooLongError
from observer.check.report import Report
from observer.check.work import Check, cores, in_turn, judge_of, together
from observer.errors import InputError, Problem
from observer.messages import Words


class Part(NamedTuple):
    """One block and the input that it is of."""

    input: Input
    block: Block


def run_check(
    check: Check, catalog: Catalog, progress: Callable[[int], None] = lambda stored: None
) -> Report:
    """Returns the report. catalog: that of `check.folder`; progress: told how many more bytes of the inputs, as
    they are stored, are done.

    An input that cannot be read to its end gives a problem in the report, beside what could be judged of it.
    Raises InputError for a source or dialect that does not exist, and where a process dies.
    """
    judge = judge_of(check, catalog)
    report = Report(check.window, check.findings)
    parts = _parts(check, judge, report)
    jobs = check.jobs or cores()
    begun, more = _begun(parts, check.parallel_from) if jobs > 1 else ([], False)
    parts = chain(begun, parts)
    done: dict[str, int] = {}
    for (source, block), judged in together(parts, judge, check, jobs) if more else in_turn(parts, judge):
        if source.name not in done:
            report.begin(source.name, block.source, judge.dialect_of(block.source))
        if not isinstance(judged, Problem):
            for chunk in judged:
                report.add(chunk)
        elif judged not in report.problems:
            report.problems.append(judged)
        progress(block.position - done.get(source.name, 0))
        done = {source.name: block.position}
    return report


def _parts(check: Check, judge: Judge, report: Report) -> Iterator[Part]:
    """Every block of every input, with the source that its input's first block tells."""
    for source in check.inputs:
        judging = ""
        try:
            for block in blocks(source, check.sizes):
                judging = judging or judge.source_of(block.content)
                yield Part(source, block._replace(source=judging))
        except InputError as error:
            report.problems.extend(error.problems)
        except TooLongError:
            expected, mend = Words("check.record", {"limit": check.sizes.record}), Words("check.mend_record")
            report.problems.append(Problem(source.name, expected, Words("check.longer"), mend=mend))
        except (OSError, EOFError, zlib.error) as error:
            report.problems.append(unreadable(source.name, error))


def _begun(parts: Iterator[Part], enough: int) -> tuple[list[Part], bool]:
    """The first parts, `enough` bytes of them, and whether there may be more."""
    begun: list[Part] = []
    for part in parts:
        begun.append(part)
        enough -= part.block.content.size
        if enough <= 0:
            return begun, True
    return begun, False
