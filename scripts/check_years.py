"""The diagnosis of two years held against a mixed-integer program with HiGHS (PyPI: highspy): sizes and all smallest sets.

Run by hand: `cargo build --release --example compare && pip install highspy && python3 scripts/check_years.py [PAIRS]`.
Damages up to three cells of part three in two real consecutive reports, at least one sum between the years broken, and
compares every smallest set with those that HiGHS finds, one after the other, each cut off once it is found.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import highspy

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "tests/data/reports"
COMPARE = ROOT / "target/release/examples/compare"
COLUMNS = [
    "natural_person", "enterprise", "research_institution", "public_interest_organization", "legal_services",
    "other_organization", "total",
]
MOST = 4


def all_sets(tables):
    """The size of the smallest sets and all of them, as sets of (year, row, column)."""
    big = 2 * max(v for table in tables.values() for row in table.values() for v in row.values() if v is not None) + 100
    solver = highspy.Highs()
    solver.silent()
    value, changed = {}, {}
    for year, table in tables.items():
        rows = list(table)
        for row in rows:
            for column in COLUMNS:
                key = year, row, column
                value[key] = solver.addVariable(lb=0)
                printed = table[row][column]
                if printed is not None:
                    flag = changed[key] = solver.addBinary()
                    solver.addConstr(value[key] - big * flag <= printed)
                    solver.addConstr(value[key] + big * flag >= printed)
            solver.addConstr(sum(value[year, row, column] for column in COLUMNS[:-1]) == value[year, row, "total"])
        special = ["received", "carried_over", "concluded", "carried_forward"]
        outcomes = [row for row in rows if row not in special]
        for column in COLUMNS:
            solver.addConstr(sum(value[year, row, column] for row in outcomes) == value[year, "concluded", column])
            solver.addConstr(
                value[year, "received", column] + value[year, "carried_over", column]
                == value[year, "concluded", column] + value[year, "carried_forward", column]
            )
    before, after = sorted(tables)
    for column in COLUMNS:
        solver.addConstr(value[before, "carried_forward", column] == value[after, "carried_over", column])
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    solver.setOptionValue("threads", 1)
    size, sets = None, set()
    while True:
        solver.minimize(sum(changed.values()))
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return size, sets
        found = round(solver.getObjectiveValue())
        size = found if size is None else size
        if found > size or found > MOST:
            return size, sets
        one = frozenset(key for key, flag in changed.items() if solver.val(flag) > 0.5)
        sets.add(one)
        solver.addConstr(sum(changed[key] for key in one) <= len(one) - 1)


def main():
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(2024)
    compared = sizes = differ = 0
    while compared < pairs:
        reports = {year: json.loads((REPORTS / f"suqian-{year}.json").read_text()) for year in (2023, 2024)}
        tables = {year: {row: cells for row, cells in report["requests"].items() if row != "edition"} for year, report in reports.items()}
        for at in range(chance.randint(1, 3)):
            year = chance.choice([2023, 2024])
            row = {2023: "carried_forward", 2024: "carried_over"}[year] if at == 0 or chance.random() < 0.4 else chance.choice(list(tables[year]))
            column = chance.choice(COLUMNS)
            cells = tables[year][row]
            if chance.random() < 0.1:
                cells[column] = None
            elif cells[column] is not None:
                cells[column] = chance.choice([cells[column] * 10 + 1, cells[column] // 10, cells[column] + 1, cells[column] + 100, 0])
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for year, report in reports.items():
                files.append(Path(folder) / f"{year}.json")
                files[-1].write_text(json.dumps(report, ensure_ascii=False))
            answer = subprocess.run([COMPARE, "--format", "json", *files], capture_output=True, text=True, check=False)
        diagnoses = json.loads(answer.stdout)["diagnoses"]
        if not diagnoses:
            continue
        compared += 1
        size, sets = all_sets(tables)
        ours = {frozenset((one["year"], *one["cell"].split("/")[1:]) for one in found) for found in diagnoses[0]["sets"]}
        if diagnoses[0]["minimum_cells"] != size and size <= MOST:
            sizes += 1
            print("size", diagnoses[0]["minimum_cells"], "by HiGHS", size)
        elif ours != sets and size <= MOST:
            differ += 1
            print("size", size, "only ours", [sorted(s) for s in ours - sets], "only by HiGHS", [sorted(s) for s in sets - ours])
    print(f"{compared} pairs: {sizes} of another size, {differ} with other sets")


if __name__ == "__main__":
    main()
