#!/usr/bin/env python3
"""The same days asked by PostgreSQL and DuckDB, beside `lianfang visits bench`.

Usage: compare.py LIANFANG DATA --persons N --seed N [--postgres /usr/lib/postgresql/15/bin] [--work DIR] [--days N]

Exports the days as CSV, loads them into a throw-away PostgreSQL cluster (tables of 16-byte rows, a covering index on venue and
time and one on person and time, vacuumed) and into DuckDB, and asks for the first circle of 1 and 100 cases and the second
circle of one, rules off: everyone who was in the same venue at the same minute. Prints JSON: wall time, processor time of the
server processes, rows found; median of the runs. Whatever is not installed is left out and named.
"""

import argparse
import glob
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

MASK = (1 << 64) - 1


def mix(value):
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def cases(persons, seed, many=100):
    """The cases that `visits bench` asks for."""
    step = max(persons // many, 1)
    return [mix(seed ^ (n * step + n % step)) >> 1 for n in range(min(many, persons))]


FIRST = """select count(distinct b.person) from visits a join visits b
    on b.venue = a.venue and b.enter < a.leave and b.leave > a.enter and b.enter >= a.enter - 1440
    where a.person in ({cases}) and b.person not in ({cases})"""

SECOND = """with first as materialized (
        select b.person, min(greatest(a.enter, b.enter)) as since from visits a join visits b
        on b.venue = a.venue and b.enter < a.leave and b.leave > a.enter and b.enter >= a.enter - 1440
        where a.person = {case} and b.person <> {case} group by b.person),
    asked as materialized (
        select a.venue, greatest(a.enter, f.since) as enter, a.leave from first f join visits a on a.person = f.person
        where a.leave > f.since)
    select count(distinct b.person) from asked a join visits b
    on b.venue = a.venue and b.enter < a.leave and b.leave > a.enter and b.enter >= a.enter - 1440
    where b.person <> {case} and b.person not in (select person from first)"""


def cpu_of(pids):
    ticks = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            ticks += sum(int(field) for field in fields[11:15])
        except FileNotFoundError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(ask, cpu, runs):
    walls, cpus, answer = [], [], None
    for _ in range(runs):
        begun, before = time.perf_counter(), cpu()
        answer = ask()
        walls.append(time.perf_counter() - begun)
        cpus.append(cpu() - before)
    return {"wall_ms": statistics.median(walls) * 1e3, "cpu_ms": statistics.median(cpus) * 1e3, "persons": answer}


def questions(ask, cpu, ids):
    listed = ",".join(str(case) for case in ids)
    one = [measured(lambda c=case: ask(FIRST.format(cases=c)), cpu, 3) for case in ids[:20]]
    ask_one = {key: statistics.median(figure[key] for figure in one) for key in ("wall_ms", "cpu_ms", "persons")}
    widest = max(ids, key=lambda case: ask(FIRST.format(cases=case)))
    return {
        "first_order_of_1": ask_one,
        "first_order_of_100": measured(lambda: ask(FIRST.format(cases=listed)), cpu, 5),
        "second_order_of_the_widest": measured(lambda: ask(SECOND.format(case=widest)), cpu, 3),
    }


def duckdb_figures(files, ids, work):
    import duckdb

    connection = duckdb.connect(os.path.join(work, "visits.duckdb"))
    connection.execute("set threads to 2")
    connection.execute(f"""create table visits as
        select person::bigint as person, venue::bigint as venue, (epoch(enter)/60)::int as enter,
            (epoch(coalesce(leave, least(enter + interval 30 minute, date_trunc('day', enter) + interval 1 day)))/60)::int as leave
        from read_csv({files!r}, header=true, columns={{'person':'ubigint','venue':'ubigint','enter':'timestamp',
            'leave':'timestamp','spot':'int','source':'int','class':'varchar'}}) order by venue, enter""")
    own = lambda: time.process_time()
    figures = questions(lambda sql: connection.execute(sql).fetchone()[0], own, ids)
    connection.close()
    figures["bytes"] = os.path.getsize(os.path.join(work, "visits.duckdb"))
    return figures


def postgres_figures(binaries, files, ids, work):
    folder = os.path.join(work, "postgres")
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    os.makedirs(folder)
    if user:
        shutil.chown(work, "postgres")
        shutil.chown(folder, "postgres")
    run = lambda *command: subprocess.run([*user, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run(f"{binaries}/initdb", "-D", folder, "-A", "trust", "-U", "bench")
    settings = "-c shared_buffers=6GB -c work_mem=512MB -c maintenance_work_mem=2GB -c max_wal_size=16GB -c fsync=off " \
        "-c random_page_cost=1.1 -c effective_cache_size=16GB -c jit=off -c max_parallel_workers_per_gather=2 " \
        f"-c listen_addresses= -c unix_socket_directories={folder} -c autovacuum=off"
    run(f"{binaries}/pg_ctl", "-D", folder, "-o", settings, "-l", f"{folder}/log", "-w", "start")
    try:
        return ask_postgres(binaries, folder, files, ids)
    finally:
        run(f"{binaries}/pg_ctl", "-D", folder, "-m", "immediate", "stop")


def ask_postgres(binaries, folder, files, ids):
    psql = subprocess.Popen([f"{binaries}/psql", "-h", folder, "-U", "bench", "-d", "postgres", "-qAt"],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(sql):
        psql.stdin.write(sql.replace("\n", " ") + ";\n\\echo ----\n")
        psql.stdin.flush()
        lines = []
        for line in psql.stdout:
            if line.strip() == "----":
                break
            lines.append(line.strip())
        return int(lines[-1]) if lines and lines[-1].lstrip("-").isdigit() else None

    with open(f"{folder}/postmaster.pid") as pid:
        postmaster = int(pid.readline())

    def cpu():
        # Finished workers count at the postmaster, running backends on their own.
        children = [int(path.split("/")[2]) for path in glob.glob("/proc/[0-9]*/stat")
                    if parent_of(path) == postmaster]
        return cpu_of([postmaster, *children])

    ask("create unlogged table raw(person bigint, venue bigint, enter timestamp, leave timestamp)")
    ask("create unlogged table visits(person bigint, venue bigint, enter int, leave int)")
    for file in files:
        ask(f"\\copy raw from program 'cut -d, -f1-4 {file}' csv header")
        ask("insert into visits select person, venue, (extract(epoch from enter)/60)::int, (extract(epoch from "
            "coalesce(leave, least(enter + interval '30 minutes', date_trunc('day', enter) + interval '1 day')))/60)::int "
            "from raw order by venue, enter")
        ask("truncate raw")
        os.remove(file)
    ask("create index on visits (venue, enter) include (leave, person)")
    ask("create index on visits (person, enter) include (leave, venue)")
    ask("vacuum analyze visits")
    figures = questions(ask, cpu, ids)
    figures["bytes"] = ask("select pg_total_relation_size('visits')")
    psql.stdin.close()
    psql.wait()
    return figures


def parent_of(path):
    try:
        with open(path) as stat:
            return int(stat.read().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lianfang")
    parser.add_argument("data")
    parser.add_argument("--persons", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", default="/usr/lib/postgresql/15/bin")
    parser.add_argument("--work", default=None)
    args = parser.parse_args()
    ids = cases(args.persons, args.seed)
    with tempfile.TemporaryDirectory(dir=args.work) as work:
        os.chmod(work, 0o755)
        days = os.path.join(work, "days")
        subprocess.run([args.lianfang, "visits", "export", "--data", args.data, "--out", days], check=True,
                       stdout=subprocess.DEVNULL)
        files = sorted(glob.glob(os.path.join(days, "*.csv")))
        bench = subprocess.run([args.lianfang, "visits", "bench", "--data", args.data, "--persons", str(args.persons), "--seed",
                                str(args.seed), "--json", "--append-seconds", "0"], check=True, capture_output=True, text=True)
        figures = {"lianfang": json.loads(bench.stdout)["rules_off"]}
        try:
            figures["duckdb"] = duckdb_figures(files, ids, work)
            os.remove(os.path.join(work, "visits.duckdb"))
        except ImportError:
            figures["duckdb"] = "not installed"
        if os.path.exists(f"{args.postgres}/initdb"):
            figures["postgres"] = postgres_figures(args.postgres, files, ids, work)
        else:
            figures["postgres"] = "not installed"
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
