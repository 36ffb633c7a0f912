#!/usr/bin/env bash
# Makes person_toy.tflite again, from nothing: draws the silhouettes, learns them, prints the scores. The same file,
# byte for byte, on the same kind of machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pictures="build/silhouettes"
rm -rf "$pictures"
./dev inkling data make silhouettes --count 1000 --seed 1 --out "$pictures"
./dev train pictures "$pictures" --size tiny --variants 2 --epochs 12 --seed 1 -o models/person_toy.tflite
