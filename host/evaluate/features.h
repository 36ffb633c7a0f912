// What the front end's int8 features stand for. Leaves out how they come about: inkling/signal.
#pragma once
#include "host/quantize/quantize.h"

namespace inkling::host {

/// The real values that networks are trained on, those of micro_speech: 0 for silence up to 26.
constexpr Quantization kFeatureQuantization{26.0f / 255, -128};

}  // namespace inkling::host
