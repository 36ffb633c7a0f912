// ExponentialSmoothing, an operator that Inkling does not have: y += alpha * (x - y), number by number, where
// y lasts from one invocation to the next. float32; the option `alpha` is above 0 and at most 1.
#pragma once
#include "inkling/core/op.h"

extern const inkling::Op exponential_smoothing;
