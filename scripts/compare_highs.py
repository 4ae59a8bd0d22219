"""The proven cases of tests/data/diagnose/cases.json solved as a mixed-integer program with HiGHS (PyPI: highspy).

Run by hand: `pip install highspy && python3 scripts/compare_highs.py`, beside `cargo bench --bench speed -- "proven"`.
Prints, for each size of the smallest sets, the median time of a solve and how often the size is right. A solve gives one set;
the library gives all of them.
"""

import json
import statistics
import time
from pathlib import Path

import highspy

CASES = Path(__file__).parent.parent / "tests/data/diagnose/cases.json"
# Rows of part three in the 2021 form: 一 and 二, the outcomes, （七）, 四.
RECEIVED, CARRIED_OVER, OUTCOMES, CONCLUDED, CARRIED_FORWARD = 0, 1, range(2, 23), 23, 24


def smallest_set(table):
    """The least number of filled cells that must change, by HiGHS."""
    rows, columns = len(table), len(table[0])
    # As small as it may be: a large one lets a cell change unnoticed within the solver's tolerance.
    big = 2 * max(found for line in table for found in line if found is not None) + 100
    solver = highspy.Highs()
    solver.silent()
    value, changed = {}, {}
    for row in range(rows):
        for column in range(columns):
            value[row, column] = solver.addVariable(lb=0)
            printed = table[row][column]
            if printed is not None:
                flag = solver.addBinary()
                changed[row, column] = flag
                solver.addConstr(value[row, column] - big * flag <= printed)
                solver.addConstr(value[row, column] + big * flag >= printed)
    for row in range(rows):
        solver.addConstr(sum(value[row, column] for column in range(6)) == value[row, 6])
    for column in range(columns):
        solver.addConstr(sum(value[row, column] for row in OUTCOMES) == value[CONCLUDED, column])
        solver.addConstr(
            value[RECEIVED, column] + value[CARRIED_OVER, column] == value[CONCLUDED, column] + value[CARRIED_FORWARD, column]
        )
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", 60.0)
    objective = sum(changed.values())
    started = time.perf_counter()
    solver.minimize(objective)
    elapsed = time.perf_counter() - started
    return round(solver.getObjectiveValue()), elapsed


def main():
    times, right = {}, {}
    for case in json.loads(CASES.read_text()):
        size = case["minimum_cells"]
        found, elapsed = smallest_set(case["table"])
        times.setdefault(size, []).append(elapsed)
        right.setdefault(size, []).append(found == size)
    for size in sorted(times):
        print(
            f"{size} cells: {len(times[size])} cases, median {statistics.median(times[size]) * 1e3:.1f} ms, "
            f"worst {max(times[size]) * 1e3:.0f} ms, size right in {sum(right[size])}"
        )


if __name__ == "__main__":
    main()
