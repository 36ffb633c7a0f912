// Reads case packs: see case_pack.h.
#include "host/data/case_pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int32_t kMaxInvokes = 100000;
constexpr int64_t kMaxInt32 = std::numeric_limits<int32_t>::max();

/// A value together with how to get to it from the case, so that each message can say where.
struct Value {
  const json& node;
  std::string where;

  [[noreturn]] void fail(const std::string& want) const {
    const std::string got = node.dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 60);
    throw Error(fmt::format("{}: got {}, want {}", where, got, want));
  }
  Value operator[](const char* key) const {
    if (!node.is_object()) fail("an object");
    const auto found = node.find(key);
    if (found == node.end()) throw Error(fmt::format("{}: the key '{}' is missing", where, key));
    return {*found, fmt::format("{}.{}", where, key)};
  }
  bool has(const char* key) const { return node.is_object() && node.contains(key); }
  std::vector<Value> list() const {
    if (!node.is_array()) fail("a list");
    std::vector<Value> values;
    for (size_t i = 0; i < node.size(); ++i) values.push_back({node[i], fmt::format("{}[{}]", where, i)});
    return values;
  }
  std::string text() const {
    if (!node.is_string()) fail("a text");
    return node.get<std::string>();
  }
  int64_t integer(int64_t min, int64_t max) const {
    const bool fits = node.is_number_unsigned() ? node.get<uint64_t>() <= static_cast<uint64_t>(max)
                                                : node.is_number_integer();
    if (!fits || node.get<int64_t>() < min || node.get<int64_t>() > max) {
      fail(fmt::format("an integer from {} to {}", min, max));
    }
    return node.get<int64_t>();
  }
  int32_t index(int64_t max = kMaxInt32) const { return static_cast<int32_t>(integer(0, max)); }
  double tolerance() const {
    if (!node.is_number() || !(node.get<double>() >= 0)) fail("a number that is not negative");
    return node.get<double>();
  }
  /// The one of `choices` that the text names.
  template <class Enum>
  Enum choice(const std::vector<std::pair<std::string_view, Enum>>& choices) const {
    const std::string name = text();
    std::string known;
    for (const auto& [choice_name, value] : choices) {
      if (name == choice_name) return value;
      known += fmt::format("{}'{}'", known.empty() ? "" : " or ", choice_name);
    }
    fail(known);
  }
};

/// A file's name: nothing for null.
fs::path read_path(const Value& value, const fs::path& folder) {
  return value.node.is_null() ? fs::path() : folder / value.text();
}

CaseTensor read_tensor(const Value& value, const fs::path& folder, int32_t invokes) {
  CaseTensor tensor;
  tensor.type = value["type"].text();
  for (const Value& size : value["shape"].list()) {
    tensor.shape.push_back(static_cast<int32_t>(size.integer(-1, kMaxInt32)));
  }
  const auto n_files = static_cast<size_t>(invokes);
  const Value file = value["file"];
  if (file.node.is_array()) {
    for (const Value& name : file.list()) tensor.files.push_back(read_path(name, folder));
    if (tensor.files.size() != n_files)
      file.fail(fmt::format("one file name for each of {} invocations", invokes));
  } else if (file.node.is_null()) {
    tensor.files.resize(n_files);
  } else {
    if (invokes != 1) file.fail(fmt::format("a list with one file name for each of {} invocations", invokes));
    tensor.files = {read_path(file, folder)};
  }
  return tensor;
}

Undefined read_undefined(const Value& value, const Case& one) {
  const std::vector<Value> parts = value.list();
  if (parts.size() != 4) value.fail("[output, invocation, from byte, to byte]");
  return {parts[0].index(static_cast<int64_t>(one.outputs.size()) - 1),
          parts[1].index(one.invokes - 1),
          {parts[2].index(), parts[3].index()}};
}

void read_invocations(const Value& value, Case& one) {
  one.invokes = value["invokes"].index(kMaxInvokes);
  if (value.has("reset_before")) {
    for (const Value& i : value["reset_before"].list()) one.reset_before.push_back(i.index(one.invokes - 1));
  }
  if (value.has("invoke_status")) {
    const std::vector<Value> states = value["invoke_status"].list();
    if (states.size() != static_cast<size_t>(one.invokes)) {
      value["invoke_status"].fail(fmt::format("one entry for each of {} invocations", one.invokes));
    }
    for (size_t i = 0; i < states.size(); ++i) {
      if (states[i].choice<bool>({{"ok", false}, {"abort", true}}))
        one.aborts.push_back(static_cast<int32_t>(i));
    }
  }
}

void read_expectation(const Value& value, Case& one) {
  one.expect = value["expect"].choice<Expect>(
      {{"ok", Expect::ok}, {"error", Expect::error}, {"either", Expect::either}});
  if (value.has("error_at")) {
    one.error_at =
        value["error_at"].choice<ErrorAt>({{"prepare", ErrorAt::prepare}, {"invoke", ErrorAt::invoke}});
  }
  if (one.expect == Expect::error && one.error_at == ErrorAt::nowhere) {
    value["expect"].fail("'error_at' beside it");
  }
  one.tolerance = value["tolerance"].tolerance();
  if (value.has("test_tolerance")) one.test_tolerance = value["test_tolerance"].tolerance();
  if (value.has("undefined")) {
    for (const Value& range : value["undefined"].list()) one.undefined.push_back(read_undefined(range, one));
  }
}

void read_intermediates(const Value& value, const fs::path& folder, Case& one) {
  if (value.has("intermediates")) {
    for (const Value& each : value["intermediates"].list()) {
      one.intermediates.push_back(
          {each["tensor"].index(), each["type"].text(), folder / each["file"].text()});
    }
  }
  if (value.has("intermediates_match_output")) {
    const Value match = value["intermediates_match_output"];
    if (!match.node.is_boolean()) match.fail("true or false");
    one.intermediates_match_output = match.node.get<bool>();
  }
}

Case read_case(const Value& value, const fs::path& folder) {
  Case one;
  one.id = value["id"].text();
  const Value named{value.node, fmt::format("{}: case '{}'", folder.string(), one.id)};
  one.op = named["op"].text();
  one.dtype = named["dtype"].text();
  one.model = folder / named["path"].text();
  if (named.has("note")) one.note = named["note"].text();
  read_invocations(named, one);
  for (const Value& input : named["inputs"].list())
    one.inputs.push_back(read_tensor(input, folder, one.invokes));
  for (const Value& output : named["outputs"].list()) {
    one.outputs.push_back(read_tensor(output, folder, one.invokes));
  }
  read_expectation(named, one);
  read_intermediates(named, folder, one);
  if (named.has("tflm_arena_used")) {
    one.tflm_arena_used = named["tflm_arena_used"].integer(0, std::numeric_limits<int64_t>::max());
  }
  return one;
}

bool contains(const std::vector<int32_t>& list, int32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool Case::resets_before(int32_t invocation) const {
  return contains(reset_before, invocation);
}

bool Case::aborts_in(int32_t invocation) const {
  return contains(aborts, invocation);
}

std::vector<ByteRange> Case::undefined_bytes(int32_t output, int32_t invocation) const {
  std::vector<ByteRange> ranges;
  for (const Undefined& each : undefined) {
    if (each.output == output && each.invocation == invocation) ranges.push_back(each.bytes);
  }
  return ranges;
}

std::vector<Case> read_case_pack(const fs::path& folder) {
  const fs::path list = folder / "cases.json";
  const std::vector<uint8_t> text = read_file(list);
  json root;
  try {
    root = json::parse(text.begin(), text.end());
  } catch (const json::exception& error) {
    throw Error(fmt::format("{}: is not valid JSON: {}", list.string(), error.what()));
  }
  std::vector<Case> cases;
  std::set<std::string> ids;
  for (const Value& each : Value{root, list.string()}.list()) {
    cases.push_back(read_case(each, folder));
    if (!ids.insert(cases.back().id).second) each["id"].fail("an id that no other case has");
  }
  return cases;
}

std::vector<Case> untrusted_models(const fs::path& folder) {
  std::vector<Case> cases;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".tflite") continue;
      Case& one = cases.emplace_back();
      one.id = entry.path().lexically_relative(folder).string();
      one.model = entry.path();
      one.invokes = 2;
      one.expect = Expect::either;
      one.untrusted = true;
    }
  if (cases.empty())
    throw Error(fmt::format("{}: neither cases.json nor .tflite files are there", folder.string()));
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.id < b.id; });
  return cases;
}

}  // namespace inkling::host
