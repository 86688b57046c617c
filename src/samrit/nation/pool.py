"""Scoring many plans on the cores of one machine: a pool of processes, each piece written as soon as it is done."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from samrit.nation import results
from samrit.nation.inputs import PackageBatch, lost, outcomes, pieces
from samrit.nation.outcome import Settings
from samrit.package.records import no_collection
from samrit.vocabulary.findings import Finding, Place

# Pieces that wait for a free worker; more would only fill the memory of the first process.
_AHEAD = 4
# A worker is replaced after so many pieces, so that no plan's leftovers pile up.
_PIECES_PER_WORKER = 200

Progress = Callable[[int, int], None]


def score_all(
    sources: Sequence[Path], out: Path, settings: Settings, *, workers: int, progress: Progress = lambda done, of: None
) -> results.RunSummary:
    """Score every plan of the sources into ``out`` and return the summary; goes on where an earlier run broke off.

    ``progress`` is told how many plans are done and of how many.  With one worker no process is started.
    Raises FileExistsError when ``out`` holds something else, OSError when it can't be written.
    """
    every = pieces(sources, settings)
    done_keys = results.prepare(out, (piece.key for piece in every))
    total = sum(piece.plans for piece in every)
    todo = [piece for piece in every if piece.key not in done_keys]
    done = total - sum(piece.plans for piece in todo)
    progress(done, total)
    for piece in _serial(todo, out, settings) if workers == 1 else _pooled(todo, out, settings, workers):
        done += piece.plans
        progress(done, total)
    return results.finish(out)


def do_piece(piece: PackageBatch, out: Path, settings: Settings) -> int:
    """Score one piece and write its parts; returns how many plans it had."""
    with no_collection():
        return results.write_part(out, piece.key, outcomes(piece, settings))


def _serial(todo: Sequence[PackageBatch], out: Path, settings: Settings) -> Iterator[PackageBatch]:
    for piece in todo:
        do_piece(piece, out, settings)
        yield piece


def _pooled(todo: Sequence[PackageBatch], out: Path, settings: Settings, workers: int) -> Iterator[PackageBatch]:
    waiting = list(reversed(todo))
    while waiting:
        suspects = yield from _until_broken(waiting, out, settings, workers)
        # A worker was killed and took the pool with it: who did it shows when each piece is alone.
        for piece in suspects:
            yield from _alone(piece, out, settings)


def _until_broken(
    waiting: list[PackageBatch], out: Path, settings: Settings, workers: int
) -> Generator[PackageBatch, None, list[PackageBatch]]:
    """Do the waiting pieces; returns those in hand when a worker was lost."""
    running: dict[Future[int], PackageBatch] = {}
    with _executor(workers) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < workers + _AHEAD:
                    running[pool.submit(do_piece, waiting[-1], out, settings)] = waiting[-1]
                    waiting.pop()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    future.result()
                    yield running.pop(future)
        except BrokenProcessPool:
            return list(running.values())
    return []


def _alone(piece: PackageBatch, out: Path, settings: Settings) -> Iterator[PackageBatch]:
    with _executor(1) as pool:
        try:
            pool.submit(do_piece, piece, out, settings).result()
        except BrokenProcessPool:
            place = Place(Path(piece.paths[0]).name)
            results.write_part(out, piece.key, lost(piece, [Finding("score_worker_lost", place)]))
    yield piece


def _executor(workers: int) -> ProcessPoolExecutor:
    # Not forked: a forked child may hang in libraries that its parent has used (decision 0005).
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=_PIECES_PER_WORKER)
