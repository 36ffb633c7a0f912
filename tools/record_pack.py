#!/usr/bin/env python3
"""Completes a case pack: runs its models on TFLM's reference interpreter and writes the outputs.

    record_pack.py FOLDER

FOLDER/cases.json is a case pack whose outputs' files need not exist. Afterwards they do; cases that the
interpreter refuses, or dies of, have moved to refused.json, each with its "reason". Needs the PyPI package
tflite-micro. Leaves out states that are reset between invocations, and judging anybody's outputs: that is
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
    """Runs a case and writes its outputs' files. Raises whatever the interpreter raises."""
    net = runtime.Interpreter.from_file(str(folder / case["path"]), arena_size=ARENA_BYTES)
    for k in range(case["invokes"]):
        for i, tensor in enumerate(case["inputs"]):
            if path := file(folder, tensor, k):
                net.set_input(numpy.fromfile(path, tensor["type"]).reshape(tensor["shape"]), i)
        net.invoke()
        for i, tensor in enumerate(case["outputs"]):
            net.get_output(i).tofile(file(folder, tensor, k))


def reason_of(said, otherwise):
    """The first line that the interpreter said about a case, without places and numbers of the run."""
    lines = [line for line in said.splitlines() if line.strip()]
    return re.sub(r"^\S+\.(cc|h):\d+:? *", "", lines[0]) if lines else otherwise


def run_from(folder, cases, first, log, to_parent):
    """In a child: runs cases from `first` on, and tells the parent one reason ("" for none) per case."""
    os.dup2(log.fileno(), 2)
    for case in cases[first:]:
        os.ftruncate(2, 0)
        os.lseek(2, 0, os.SEEK_SET)
        reason = ""
        try:
            run(folder, case)
        except Exception as error:  # whatever it is, it is why this case cannot be recorded
            reason = reason_of(Path(log.name).read_text(errors="replace"), f"{type(error).__name__}: {error}")
        os.write(to_parent, json.dumps(reason).encode() + b"\n")


def reasons_for(folder, cases):
    """Runs all cases; one reason for each. A child that dies takes only its case with it."""
    reasons = []
    with tempfile.NamedTemporaryFile() as log:
        while len(reasons) < len(cases):
            from_child, to_parent = os.pipe()
            child = os.fork()
            if child == 0:
                run_from(folder, cases, len(reasons), log, to_parent)
                os._exit(0)
            os.close(to_parent)
            with os.fdopen(from_child) as told:
                reasons += [json.loads(line) for line in told]
            if os.waitpid(child, 0)[1] != 0:
                reasons.append(reason_of(Path(log.name).read_text(errors="replace"), "it crashes"))
    return reasons


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    cases = json.loads((folder / "cases.json").read_text())
    recorded, refused = [], []
    for case, reason in zip(cases, reasons_for(folder, cases)):
        if reason:
            refused.append({**case, "reason": reason})
        else:
            recorded.append(case)
    for name, part in (("refused.json", refused), ("cases.json", recorded)):
        temporary = folder / (name + ".new")
        temporary.write_text(json.dumps(part, indent=1))
        temporary.rename(folder / name)


if __name__ == "__main__":
    main()
