#!/usr/bin/env bash
# Makes yes_no.tflite again, from nothing: speaks the words, learns them, prints the scores. The same file, byte for
# byte, on the same kind of machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
words="build/yes_no_words"
rm -rf "$words"
./dev inkling synth --words yes,no --count 1000 --seed 1 --out "$words"
./dev train words "$words" --words yes,no --scenes 5 --epochs 8 --seed 1 -o models/yes_no.tflite
