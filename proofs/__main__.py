"""Prove at full size: ``python -m proofs [NAME ...] [--count N] [--seed N] [--jobs N] [--list]`` (``make prove``).

Each part runs in a process of its own and is kept in ``var/proofs`` under the state of the source it was run on, so
that a run that is broken off goes on where it stood. Results go to docs/proofs.md; a whole run of one proof's full
number only. ``--numbers FIRST:END`` tries some cases again and prints what does not hold.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor

from proofs import SEED, Proof, proofs
from proofs._page import Outcome, enter
from proofs._parts import Part, Parts, state


def main() -> int:
    """Run what the command line names; the exit code is 1 where something does not hold."""
    known = proofs()
    parser = argparse.ArgumentParser(prog="python -m proofs", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="proofs to run (default: all)")
    parser.add_argument("--count", type=int, help="how many cases of each, instead of the full number")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=1, help="parts at once")
    parser.add_argument("--numbers", help="FIRST:END: try these cases here and now, and keep nothing")
    parser.add_argument("--list", action="store_true", help="say what there is to prove")
    options = parser.parse_args()
    if unknown := set(options.names) - set(known):
        parser.error(f"no such proof: {', '.join(sorted(unknown))} (there are {', '.join(known)})")
    chosen = [known[name] for name in options.names or known]
    if options.list:
        for each in chosen:
            print(f"{each.name:32} {each.count:7,} {each.of}: {each.says}")
        return 0
    if options.numbers:
        first, _, end = options.numbers.partition(":")
        return say([line for each in chosen for line in each.cases(range(int(first), int(end)), options.seed)])
    return max([prove(each, options.count or each.count, options.seed, options.jobs) for each in chosen], default=0)


def prove(one: Proof, count: int, seed: int, jobs: int) -> int:
    """Run the parts of a proof that have not been run on this state of the source, and enter the result."""
    parts = Parts(state(), one.name, seed)
    ranges = one.ranges(count)
    done = [part for numbers in ranges if (part := parts.kept(numbers)) is not None]
    waiting = [numbers for numbers in ranges if parts.kept(numbers) is None]
    print(f"{one.name}: {count:,} {one.of}, seed {seed}, {len(waiting)} of {len(ranges)} parts to run", flush=True)
    with ThreadPoolExecutor(jobs) as pool:
        for part in pool.map(parts.run, waiting):
            print(f"  {part.first}–{part.end - 1}: {part.seconds:.0f} s, {len(part.faults)} faults", flush=True)
            done.append(part)
    faults = [fault for part in sorted(done, key=lambda part: part.first) for fault in part.faults]
    if count == one.count:
        enter(Outcome.of(one, seed, done))
    else:
        print("  not the full number: docs/proofs.md is left as it is")
    return say(faults)


def say(faults: list[str]) -> int:
    """Print the first faults and return the exit code."""
    for fault in faults[:50]:
        print(f"  {fault}")
    print(f"  {len(faults)} faults" if faults else "  holds", flush=True)
    return 1 if faults else 0


def part() -> int:
    """Run one part and print it as JSON: what ``Parts.run`` starts."""
    name, first, end, seed = sys.argv[2:]
    numbers = range(int(first), int(end))
    print(Part.measured(proofs()[name], numbers, int(seed)).as_json())
    return 0


if __name__ == "__main__":
    sys.exit(part() if sys.argv[1:2] == ["part"] else main())
