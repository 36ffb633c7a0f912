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
  virtual void member(const char* name, const Span<const uint8_t>& values) = 0;
  /// How the next member lies in memory: its address, its bytes without pointers, and how many pointers
  /// precede them. For those who count bytes on another machine.
  virtual void place(const void* /*at*/, int32_t /*plain_bytes*/, int32_t /*n_pointers*/) {}
  /// Around the members of a nested struct.
  virtual void enter() {}
  virtual void leave() {}

 protected:
  ~ParamVisitor() = default;
};

/// Hands the members that `visit` lists to a visitor; a member that is a struct with a `visit` is entered.
class MemberLister {
 public:
  explicit MemberLister(ParamVisitor& visitor) : visitor_(visitor) {}
  template <class T>
  void operator()(const char* name, const T& value) const {
    list(name, value, 0);
  }

 private:
  template <class T>
  auto list(const char*, const T& members, int) const -> decltype(T::visit(*this, members)) {
    visitor_.enter();
    T::visit(*this, members);
    visitor_.leave();
  }
  template <class T>
  void list(const char* name, const T& value, long) const {
    visitor_.place(&value, sizeof value, 0);
    visitor_.member(name, value);
  }
  template <class T>
  void list(const char* name, const Span<T>& values, long) const {
    visitor_.place(&values, sizeof values.size, 1);
    visitor_.member(name, values);
  }

  ParamVisitor& visitor_;
};

/// Shows the Params at `params` to a visitor.
using Describe = void (*)(const void* params, ParamVisitor& visitor);

/// Holds the C++ name of P; the compiler's words stand around it.
template <class P>
const char* type_name() {
  return __PRETTY_FUNCTION__;
}

template <class P>
void describe(const void* params, ParamVisitor& visitor) {
  P::visit(MemberLister(visitor), *static_cast<const P*>(params));
}
#endif

}  // namespace inkling
