// Params list their members once, in `visit`; printing them for the compiler, inspect and test dumps comes
// from that list. On the desk the loader remembers, for each step, how its Params describe themselves.
#pragma once
#include "inkling/core/span.h"

#ifndef INKLING_DESCRIBE_PARAMS
#define INKLING_DESCRIBE_PARAMS __STDC_HOSTED__  // 0: a freestanding program carries no descriptions
#endif

namespace inkling {

/// The most bytes that an operator's Params may take.
constexpr int32_t kMaxParamsBytes = 28 * sizeof(void*) + 80;

#if INKLING_DESCRIBE_PARAMS
/// Receives the members of a Params, in order.
class ParamVisitor {
 public:
  virtual void member(const char* name, int32_t value) = 0;
  virtual void member(const char* name, float value) = 0;
  virtual void member(const char* name, const Span<const float>& values) = 0;

 protected:
  ~ParamVisitor() = default;
};

/// Shows the Params at `params` to a visitor.
using Describe = void (*)(const void* params, ParamVisitor& visitor);

template <class P>
void describe(const void* params, ParamVisitor& visitor) {
  P::visit([&](const char* name, const auto& value) { visitor.member(name, value); },
           *static_cast<const P*>(params));
}
#endif

}  // namespace inkling
