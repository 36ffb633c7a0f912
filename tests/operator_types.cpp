// Draws cases, changes their types and quantization, and loads them.
#include "tests/operator_types.h"

#include <functional>

namespace inkling::naive {
namespace {

constexpr uint32_t kSeeds = 10000;

// Without int4, which holds weights only and otherwise is moved as whole bytes.
constexpr Type kTypes[] = {Type::float32, Type::float16, Type::int32, Type::uint8,  Type::int64,
                           Type::boolean, Type::int16,   Type::int8,  Type::uint32, Type::uint64};

void retype(Operand& t, Type type) {
  t.type = type;
  const double low = is_real(type) ? -4 : lowest(type), high = is_real(type) ? 4 : highest(type);
  for (double& x : t.v) x = std::min(std::max(x, low), high);
}

std::vector<Operand*> operands(Case& c) {
  std::vector<Operand*> all;
  for (Operand& t : c.inputs)
    if (t.present()) all.push_back(&t);
  for (Operand& t : c.outputs) all.push_back(&t);
  return all;
}

// A quantization that some operators ask of their output.
struct Quantization {
  double scale, zero_point;
};

// The case as it is, without zero points, and with the outputs of LOGISTIC, TANH and the like.
std::vector<Case> requantized(const Case& c) {
  std::vector<Case> all = {c};
  const auto with = [&](const Quantization& output) {
    Case other = c;
    for (Operand* t : operands(other)) {
      if (t->scales.empty()) t->scales = {0.05f};
      t->zero_points.assign(t->scales.size(), 0);
    }
    for (Operand& t : other.outputs) {
      if (output.scale > 0) t.scales = {static_cast<float>(output.scale)};
      t.zero_points.assign(t.scales.size(), static_cast<int64_t>(output.zero_point));
    }
    all.push_back(other);
  };
  for (const Quantization& output : {Quantization{0, 0},
                                     {1, 0},
                                     {1.0 / 256, -128},
                                     {1.0 / 256, 0},
                                     {1.0 / 65536, -32768},
                                     {1.0 / 32768, 0},
                                     {1.0 / 128, 0},
                                     {1.0 / 128, 128},
                                     {1.0 / 16, 127}})
    with(output);
  return all;
}

bool is_accepted(const std::string& op, const Case& c) {
  for (const Case& each : requantized(c)) {
    const Status status = host::Net(model_of(op, each))->status();
    if (status == Status::ok) return true;
    const bool is_about_types = status == Status::bad_type || status == Status::unsupported;
    if (is_about_types) return false;  // another quantization will not help
  }
  return false;
}

// Calls f with the case in other types: every operand alone, all of one type together, all of them.
void for_each_retyped(const Case& c, const std::function<void(const Case&)>& f) {
  Case original = c;
  const std::vector<Operand*> from = operands(original);
  for (const Type type : kTypes) {
    const auto change = [&](const std::function<bool(size_t)>& is_chosen) {
      Case other = c;
      const std::vector<Operand*> to = operands(other);
      for (size_t i = 0; i < to.size(); ++i)
        if (is_chosen(i)) retype(*to[i], type);
      f(other);
    };
    for (size_t k = 0; k < from.size(); ++k) {
      change([&](size_t i) { return i == k; });
      change([&](size_t i) { return from[i]->type == from[k]->type; });
    }
    change([](size_t) { return true; });
  }
}

}  // namespace

std::string text(const Signature& signature) {
  const auto list = [](const std::vector<Type>& types) {
    std::string names;
    for (const Type type : types) names += (names.empty() ? "" : ", ") + std::string(name_of(type));
    return names;
  };
  return list(signature.inputs) + " -> " + list(signature.outputs);
}

Signature signature_of(const Case& c) {
  Signature signature;
  for (const Operand& t : c.inputs)
    if (t.present()) signature.inputs.push_back(t.type);
  for (const Operand& t : c.outputs) signature.outputs.push_back(t.type);
  for (std::vector<Type>* types : {&signature.inputs, &signature.outputs})
    if (std::count(types->begin(), types->end(), types->front()) == static_cast<int64_t>(types->size()))
      types->resize(1);
  return signature;
}

std::map<Signature, Case> drawn_signatures(const Definition& definition) {
  std::map<Signature, Case> drawn;
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    const Case c = definition.draw(random);
    drawn.emplace(signature_of(c), c);
  }
  return drawn;
}

std::set<Signature> further_signatures(const Definition& definition, const std::map<Signature, Case>& drawn) {
  std::set<Signature> further;
  for (const auto& [signature, c] : drawn)
    for_each_retyped(c, [&](const Case& other) {
      const Signature types = signature_of(other);
      if (drawn.count(types) || further.count(types)) return;
      if (is_accepted(definition.name, other)) further.insert(types);
    });
  return further;
}

}  // namespace inkling::naive
