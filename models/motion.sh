#!/usr/bin/env bash
# Makes motion.tflite again, from nothing: computes the gestures, learns them, prints the scores. The same file, byte
# for byte, on the same kind of machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
takes="build/gestures"
rm -rf "$takes"
./dev inkling data make gestures --count 300 --seed 1 --out "$takes"
./dev train motion "$takes" --variants 6 --epochs 8 --seed 1 -o models/motion.tflite
