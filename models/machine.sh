#!/usr/bin/env bash
# Makes machine.tflite again, from nothing: computes the sounds, learns them, prints the scores. The same file, byte
# for byte, on the same kind of machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sounds="build/machine_sounds"
rm -rf "$sounds"
./dev inkling data make machine --count 300 --seed 1 --out "$sounds"
./dev train sounds "$sounds" --size tiny --variants 4 --epochs 8 --seed 1 -o models/machine.tflite
