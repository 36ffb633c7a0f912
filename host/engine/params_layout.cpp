// Collects members as a tree of structs, then walks it with either size of pointer.
#include "host/engine/params_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <vector>

#include "host/error.h"

namespace inkling::host {
namespace {

struct Extent {
  int32_t n_bytes, alignment;
};

constexpr int32_t round_up(int32_t n, int32_t alignment) {
  return (n + alignment - 1) / alignment * alignment;
}

// A scalar, a Span or a struct.
struct Node {
  const void* at = nullptr;
  int32_t plain_bytes = 0, n_pointers = 0;
  std::vector<const Node*> members;
};

class MemberTree final : public ParamVisitor {
 public:
  MemberTree() { enter(); }
  const Node& root() const { return nodes_.front(); }

  void member(const char*, int32_t) override {}
  void member(const char*, float) override {}
  void member(const char*, const Span<const float>&) override {}
  void member(const char*, const Span<const uint8_t>&) override {}
  void place(const void* at, int32_t plain_bytes, int32_t n_pointers) override {
    add({at, plain_bytes, n_pointers, {}});
  }
  void enter() override { open_.push_back(&add({})); }
  void leave() override { open_.pop_back(); }

 private:
  Node& add(const Node& node) {
    nodes_.push_back(node);
    if (!open_.empty()) open_.back()->members.push_back(&nodes_.back());
    return nodes_.back();
  }

  std::deque<Node> nodes_;  // a deque does not move them
  std::vector<Node*> open_;
};

Extent extent(const Node& node, int32_t pointer_bytes) {
  if (node.n_pointers > 0)
    return {round_up(node.n_pointers * pointer_bytes + node.plain_bytes, pointer_bytes), pointer_bytes};
  if (node.members.empty()) return {node.plain_bytes, std::max(node.plain_bytes, 1)};
  Extent whole{0, 1};
  for (const Node* member : node.members) {
    const Extent part = extent(*member, pointer_bytes);
    whole.n_bytes = round_up(whole.n_bytes, part.alignment) + part.n_bytes;
    whole.alignment = std::max(whole.alignment, part.alignment);
  }
  whole.n_bytes = round_up(whole.n_bytes, whole.alignment);
  return whole;
}

// Whether the members lie where the rules put them, seen from the struct's start. A list that hands out
// copies, as a loop over an array may, shows addresses outside, which tell nothing.
class Placement {
 public:
  Placement(const void* start, int32_t n_bytes)
      : start_(reinterpret_cast<uintptr_t>(start)), n_bytes_(n_bytes) {}

  bool holds(const Node& node, int32_t offset = 0) const {
    if (node.at) {
      const uintptr_t at = reinterpret_cast<uintptr_t>(node.at) - start_;
      return at >= static_cast<uintptr_t>(n_bytes_) || at == static_cast<uintptr_t>(offset);
    }
    for (const Node* member : node.members) {
      const Extent part = extent(*member, sizeof(void*));
      offset = round_up(offset, part.alignment);
      if (!holds(*member, offset)) return false;
      offset += part.n_bytes;
    }
    return true;
  }

 private:
  uintptr_t start_;
  int32_t n_bytes_;
};

class ParamCollector final : public ParamVisitor {
 public:
  explicit ParamCollector(std::vector<Param>& params) : params_(params) {}
  void member(const char* name, int32_t value) override { params_.push_back({name, value}); }
  void member(const char* name, float value) override { params_.push_back({name, value}); }
  void member(const char* name, const Span<const float>& values) override {
    params_.push_back({name, std::vector<float>(values.begin(), values.end())});
  }
  void member(const char* name, const Span<const uint8_t>& values) override {
    params_.push_back({name, std::vector<uint8_t>(values.begin(), values.end())});
  }

 private:
  std::vector<Param>& params_;
};

}  // namespace

std::vector<Param> list_params(const void* params, Describe describe) {
  std::vector<Param> list;
  ParamCollector collector(list);
  describe(params, collector);
  return list;
}

int32_t params_bytes(const void* params, int32_t n_bytes, Describe describe, int32_t pointer_bytes) {
  if (describe == nullptr || n_bytes == 0) return 0;
  MemberTree tree;
  describe(params, tree);
  const int32_t here = extent(tree.root(), sizeof(void*)).n_bytes;
  if (here != n_bytes || !Placement(params, n_bytes).holds(tree.root()))
    throw Error(fmt::format(
        "the visit of these Params is not the list of their members in order: those that it shows "
        "take {} bytes, the struct has {}; list every member, nested structs as one member",
        here, n_bytes));
  return extent(tree.root(), pointer_bytes).n_bytes;
}

}  // namespace inkling::host
