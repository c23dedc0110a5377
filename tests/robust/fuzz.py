"""Fuzz the linter for as long as you like:  python tests/robust/fuzz.py --inputs 100000

Every input is made from the seed and its number, so that ``--first N --inputs 1`` makes number N again.
Inputs that break a promise are written to the folder ``--failures``, those that are settled belong in
``tests/robust/corpus``.  CONVBIAS_LINT_CORPORA names folders of more sources to mutate.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mutations import Mutator, named_corpora, seeds
from promises import LIMIT, Promises

from convbias_lint.one_by_one import one_run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", default="convbias-lint")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds per input")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    args = parser.parse_args()
    promises = Promises(args.limit, formats_each=10)
    mutator = Mutator(seeds(named_corpora()), random.Random())
    print(f"{len(mutator.tokens):,} seeds")
    failures = 0
    begin = time.monotonic()
    with one_run() as collect:
        for number in range(args.first, args.first + args.inputs):
            mutator.chance.seed(f"{args.seed} {number}")
            name, data = mutator.file()
            try:
                promises.check(data, name)
            except Exception as error:
                failures += 1
                args.failures.mkdir(parents=True, exist_ok=True)
                place = args.failures / f"{number}{Path(name).suffix}"
                place.write_bytes(data)
                last = traceback.extract_tb(error.__traceback__)[-1]
                print(
                    f"{place}: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})",
                    flush=True,
                )
            collect()
            if (number + 1) % 1000 == 0:
                _tell(promises, failures, begin)
    _tell(promises, failures, begin)
    return 1 if failures else 0


def _tell(promises: Promises, failures: int, begin: float) -> None:
    counts = ", ".join(f"{count:,} {what}" for what, count in promises.counts.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{counts}; {failures} failures; "
        f"slowest {promises.slowest[0]:.2f} s ({promises.slowest[1]:,} bytes); "
        f"{memory:.0f} MB; {time.process_time():.0f} s of the processor, {time.monotonic() - begin:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
