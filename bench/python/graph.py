"""The measured program: Alembic's graphs in memory, `<shape> <n> <repetitions>`, shapes as those of `arvel-graph`."""

import sys
import time

from alembic.script.revision import Revision, RevisionMap


def revision(shape, at):
    name = lambda at: f"{at:07}_revision"
    parents, needs = (), ()
    if shape == "line":
        parents = (name(at - 1),) if at else ()
    elif shape == "ladder" and at:
        parents = {
            0: (name(at - 1),),
            1: (name(at - 1),),
            2: (name(at - 2),),
            3: (name(at - 1), name(at - 2)),
            4: (name(at - 1),),
        }[at % 5]
    elif shape == "lines":
        parents = (name(at - 10),) if at >= 10 else ()
        needs = (name(at - 1),) if at % 10 else ()
    return Revision(name(at), parents or None, dependencies=needs or None)


def timed(what, run):
    started = time.perf_counter()
    value = run()
    print(what, (time.perf_counter() - started) * 1000)
    return value


def main():
    shape, n, repetitions = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for _ in range(repetitions):
        graph = RevisionMap(lambda: [revision(shape, at) for at in range(n)])
        timed("build", lambda: graph.heads)
        timed("head", lambda: graph.get_revisions("heads"))
        timed("name", lambda: graph.get_revisions(f"{n // 2:07}_revis"))
        up = timed("upgrade", lambda: list(graph.iterate_revisions("heads", (), implicit_base=True)))
        rows = graph._real_heads
        down = timed("downgrade", lambda: list(graph.iterate_revisions(rows, "base", select_for_downgrade=True)))
        assert len(up) == len(down) == n


if __name__ == "__main__":
    main()
