#!/usr/bin/env python3
"""Completes a case pack: runs its models on TFLM's reference interpreter and writes the outputs.

    record_pack.py FOLDER

FOLDER/cases.json is a case pack whose outputs' files need not exist. Afterwards they do; cases that the
interpreter refuses, or dies of, have moved to refused.json, each with its "reason". Where an operator ends a
run early, "invoke_status" says so. Needs the PyPI package tflite-micro. Leaves out states that are reset between invocations, and judging anybody's outputs: that is
"inkling verify FOLDER".
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

import numpy
from tflite_micro.python.tflite_micro import runtime

ARENA_BYTES = 4 << 20


def file(folder, tensor, k):
    """A tensor's file for an invocation, or None."""
    names = tensor["file"] if isinstance(tensor["file"], list) else [tensor["file"]]
    return folder / names[k] if names[0] else None


def run(folder, case):
    """Runs a case, writes its outputs' files and returns each invocation's status. Raises whatever the
    interpreter raises."""
    statuses = []
    net = runtime.Interpreter.from_file(str(folder / case["path"]), arena_size=ARENA_BYTES)
    for k in range(case["invokes"]):
        for i, tensor in enumerate(case["inputs"]):
            if path := file(folder, tensor, k):
                net.set_input(numpy.fromfile(path, tensor["type"]).reshape(tensor["shape"]), i)
        statuses.append("ok" if net.invoke() == 0 else "abort")
        for i, tensor in enumerate(case["outputs"]):
            net.get_output(i).tofile(file(folder, tensor, k))
    return statuses


def reason_of(said, otherwise):
    """The first line that the interpreter said about a case, without places and numbers of the run."""
    lines = [line for line in said.splitlines() if line.strip()]
    return re.sub(r"^\S+\.(cc|h):\d+:? *", "", lines[0]) if lines else otherwise


def run_from(folder, cases, first, log, to_parent):
    """In a child: runs cases from `first` on, and tells the parent what to add to each."""
    os.dup2(log.fileno(), 2)
    for case in cases[first:]:
        os.ftruncate(2, 0)
        os.lseek(2, 0, os.SEEK_SET)
        try:
            statuses = run(folder, case)
            what = {"invoke_status": statuses} if "abort" in statuses else {}
        except Exception as error:  # whatever it is, it is why this case cannot be recorded
            said = Path(log.name).read_text(errors="replace")
            what = {"reason": reason_of(said, f"{type(error).__name__}: {error}")}
        os.write(to_parent, json.dumps(what).encode() + b"\n")


def run_all(folder, cases):
    """Runs all cases; returns what to add to each. A child that dies takes only its case with it."""
    added = []
    with tempfile.NamedTemporaryFile() as log:
        while len(added) < len(cases):
            from_child, to_parent = os.pipe()
            child = os.fork()
            if child == 0:
                run_from(folder, cases, len(added), log, to_parent)
                os._exit(0)
            os.close(to_parent)
            with os.fdopen(from_child) as told:
                added += [json.loads(line) for line in told]
            if os.waitpid(child, 0)[1] != 0:
                added.append({"reason": reason_of(Path(log.name).read_text(errors="replace"), "it crashes")})
    return added


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    cases = json.loads((folder / "cases.json").read_text())
    recorded, refused = [], []
    for case, added in zip(cases, run_all(folder, cases)):
        (refused if "reason" in added else recorded).append({**case, **added})
    for name, part in (("refused.json", refused), ("cases.json", recorded)):
        temporary = folder / (name + ".new")
        temporary.write_text(json.dumps(part, indent=1))
        temporary.rename(folder / name)


if __name__ == "__main__":
    main()
