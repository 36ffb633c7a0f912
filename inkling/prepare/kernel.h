// Kernel: an Eval as prepare chooses it. On the desk it knows its C++ name too, from which the model compiler
// writes calls.
#pragma once
#include "inkling/core/op.h"
#include "inkling/prepare/params.h"

namespace inkling {

struct Kernel {
  Eval eval = nullptr;
#if INKLING_DESCRIBE_PARAMS
  const char* name = nullptr;  ///< the compiler's words around it: "... [with Eval eval = inkling::...]"
#endif
  explicit operator bool() const {
    return eval != nullptr;
  }
};

#if INKLING_DESCRIBE_PARAMS
template <Eval eval>
constexpr const char* eval_name() {
  return __PRETTY_FUNCTION__;
}
template <Eval eval>
constexpr Kernel kernel{eval, eval_name<eval>()};
#else
template <Eval eval>
constexpr Kernel kernel{eval};
#endif

}  // namespace inkling
