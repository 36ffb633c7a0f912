// The page docs/operators.md says what the operators take. Its generated parts follow from the drawn cases
// (types, and options that vary), the first comment of each operator's file, and the sizes that
// "./dev bench --operators" measured. This test fails where the page says something else; with
// INKLING_WRITE=1 in the environment ("./dev docs") it writes the page instead.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "host/data/files.h"
#include "host/engine/operator_files.h"
#include "tests/operator_types.h"

namespace inkling::naive {
namespace {

namespace fs = std::filesystem;

const fs::path kRepo = INKLING_REPO_DIR;
const fs::path kPage = kRepo / "docs/operators.md";

std::string text_of(const fs::path& path) {
  const std::vector<uint8_t> bytes = host::read_file(path);
  return {bytes.begin(), bytes.end()};
}

std::string join(const std::vector<std::string>& parts, const std::string& between) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : between) + part;
  return all;
}

// The comment that a file begins with, as one line.
std::string first_comment(const fs::path& path) {
  std::istringstream lines(text_of(path));
  std::vector<std::string> words;
  for (std::string line; std::getline(lines, line) && line.rfind("// ", 0) == 0;)
    words.push_back(line.substr(3));
  return join(words, " ");
}

constexpr Type kOrder[] = {Type::int8,  Type::uint8,  Type::int16,   Type::int32,   Type::uint32,
                           Type::int64, Type::uint64, Type::boolean, Type::float16, Type::float32};

std::string names_of(const std::set<Type>& types) {
  if (types.size() == std::size(kOrder)) return "all types";
  std::vector<std::string> list;
  for (const Type type : kOrder)
    if (types.count(type)) list.push_back(name_of(type));
  return join(list, ", ");
}

// Signatures of one form: for each operand the types that it may have, or T, of which there are some.
struct Form {
  std::vector<std::string> inputs, outputs;
  std::set<Type> ts;

  std::string text() const { return "`" + join(inputs, ", ") + " -> " + join(outputs, ", ") + "`"; }
};

// Whether a form that has been found describes a signature of one type only, too.
bool describes(const Form& form, Type type) {
  const auto fits = [&](const std::string& operand) { return operand == "T" || operand == name_of(type); };
  return std::all_of(form.inputs.begin(), form.inputs.end(), fits) &&
         std::all_of(form.outputs.begin(), form.outputs.end(), fits);
}

// Operands that always have the type of the first output are called T.
std::vector<Form> forms_of(const std::vector<Signature>& signatures) {
  std::map<std::string, Form> forms;
  for (const Signature& s : signatures) {
    const auto is_t = [&](size_t i) {
      return std::all_of(signatures.begin(), signatures.end(), [&](const Signature& other) {
        return other.inputs.size() <= i || other.inputs[i] == other.outputs[0];
      });
    };
    Form form;
    bool any_t = false;
    for (size_t i = 0; i < s.inputs.size(); ++i) {
      any_t |= is_t(i);
      form.inputs.push_back(is_t(i) ? "T" : name_of(s.inputs[i]));
    }
    for (const Type type : s.outputs)
      form.outputs.push_back(any_t && type == s.outputs[0] ? "T" : name_of(type));
    Form& known = forms.try_emplace(form.text(), form).first->second;
    if (any_t) known.ts.insert(s.outputs[0]);
  }
  std::vector<Form> all;
  for (const auto& [text, form] : forms) all.push_back(form);
  return all;
}

// Joins b to a if they differ in the types of one operand only: "T, int32/int64 -> T".
bool merge(Form& a, const Form& b) {
  if (a.ts != b.ts || a.inputs.size() != b.inputs.size() || a.outputs.size() != b.outputs.size())
    return false;
  std::string* place = nullptr;
  const std::string* more = nullptr;
  for (size_t i = 0; i < a.inputs.size() + a.outputs.size(); ++i) {
    const bool is_input = i < a.inputs.size();
    std::string& mine = is_input ? a.inputs[i] : a.outputs[i - a.inputs.size()];
    const std::string& other = is_input ? b.inputs[i] : b.outputs[i - a.inputs.size()];
    if (mine == other) continue;
    if (place != nullptr) return false;
    place = &mine;
    more = &other;
  }
  if (place != nullptr) *place += "/" + *more;
  return true;
}

// Whether b is a with one more input at its end, as a layer with a bias is one without.
bool extends(const Form& b, const Form& a) {
  return b.inputs.size() == a.inputs.size() + 1 && b.outputs == a.outputs &&
         std::equal(a.inputs.begin(), a.inputs.end(), b.inputs.begin()) &&
         std::includes(b.ts.begin(), b.ts.end(), a.ts.begin(), a.ts.end());
}

std::string types_of(const std::map<Signature, Case>& drawn) {
  std::set<Type> plain;  // where all operands have one type
  std::vector<Signature> mixed;
  for (const auto& [signature, c] : drawn) {
    if (signature.inputs == signature.outputs && signature.inputs.size() == 1)
      plain.insert(signature.inputs[0]);
    else
      mixed.push_back(signature);
  }
  std::vector<Form> forms = forms_of(mixed);
  const auto has_t = [](const Form& form) { return !form.ts.empty(); };
  if (!forms.empty() && std::none_of(forms.begin(), forms.end(), has_t)) {
    for (const Type type : plain)
      forms.push_back({std::vector<std::string>(forms[0].inputs.size(), name_of(type)),
                       std::vector<std::string>(forms[0].outputs.size(), name_of(type)),
                       {}});
    plain.clear();
  }
  for (auto type = plain.begin(); type != plain.end();) {
    const auto form =
        std::find_if(forms.begin(), forms.end(), [&](const Form& f) { return describes(f, *type); });
    if (form != forms.end() && !form->ts.empty()) form->ts.insert(*type);
    type = form != forms.end() ? plain.erase(type) : std::next(type);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < forms.size() && !changed; ++i)
      for (size_t k = 0; k < forms.size() && !changed; ++k)
        if (i != k && (extends(forms[i], forms[k]) || (i < k && merge(forms[i], forms[k])))) {
          forms.erase(forms.begin() + static_cast<int64_t>(k));
          changed = true;
        }
  }
  std::vector<std::string> lines;
  if (!plain.empty()) lines.push_back(names_of(plain));
  for (const Form& form : forms)
    lines.push_back(form.text() + (form.ts.empty() ? "" : " for " + names_of(form.ts)));
  return join(lines, "<br>");
}

// The options that differ among the drawn cases, and those of custom operators.
std::string options_of(const Definition& definition) {
  std::map<std::string, std::set<double>> values;
  std::set<std::string> varying;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const Case c = definition.draw(random);
    for (const std::string& name : c.options.names()) values[name].insert(c.option(name));
    for (const auto& [name, value] : c.custom)
      if (name != "T") varying.insert(name);  // the reference's name for the input's type
  }
  for (const auto& [name, different] : values)
    if (different.size() > 1) varying.insert(name);
  return join({varying.begin(), varying.end()}, ", ");
}

// Columns of docs/operator_sizes.csv, by operator.
std::map<std::string, std::string> sizes() {
  std::map<std::string, std::string> all;
  std::istringstream lines(text_of(kRepo / "docs/operator_sizes.csv"));
  std::string line;
  std::getline(lines, line);  // the head
  while (std::getline(lines, line)) {
    std::string cells = line.substr(line.find(',') + 1);
    for (size_t at; (at = cells.find(',')) != std::string::npos;) cells.replace(at, 1, " | ");
    all[line.substr(0, line.find(','))] = cells;
  }
  return all;
}

const Definition* definition_of(const std::string& name) {
  for (const Definition& definition : definitions())
    if (definition.name == name) return &definition;
  return nullptr;
}

std::string table() {
  std::string rows =
      "| operator | types | options | bytes | int8 | int16 | float32 |\n|---|---|---|--:|--:|--:|--:|\n";
  auto bytes = sizes();
  for (const Op* op : host::all_ops()) {
    const std::string name = op->name;
    const Definition* definition = definition_of(name);
    const std::string types = definition ? types_of(drawn_signatures(*definition)) : "of what it connects";
    const std::string options = definition ? options_of(*definition) : "";
    const std::string file = "../inkling/ops/" + host::operator_file(name).filename().string();
    rows += "| [" + name + "](" + file + ") | " + types + " | " + options + " | " +
            (bytes.count(name) ? bytes[name] : " | | |") + " |\n";
  }
  return rows;
}

std::string notes() {
  std::string lines;
  for (const Op* op : host::all_ops()) lines += "- " + first_comment(host::operator_file(op->name)) + "\n";
  return lines;
}

// Replaces what is between "<!-- generated NAME -->" and "<!-- end -->".
std::string with_part(const std::string& page, const std::string& name, const std::string& text) {
  const std::string begin = "<!-- generated " + name + " -->\n";
  const size_t from = page.find(begin) + begin.size(), to = page.find("<!-- end -->", from);
  EXPECT_NE(page.find(begin), std::string::npos) << kPage << " has no place for " << name;
  return page.substr(0, from) + text + page.substr(to);
}

TEST(OperatorsPage, IsCurrent) {
  const std::string page = text_of(kPage);
  const std::string current = with_part(with_part(page, "table", table()), "notes", notes());
  if (std::getenv("INKLING_WRITE") != nullptr) host::write_atomically(kPage, std::string_view(current));
  EXPECT_EQ(text_of(kPage), current) << "run ./dev docs and commit docs/operators.md";
}

TEST(OperatorsPage, HasTheSizeOfEveryOperator) {
  const auto bytes = sizes();
  for (const Op* op : host::all_ops())
    EXPECT_TRUE(bytes.count(op->name)) << op->name << ": run ./dev bench --operators";
}

}  // namespace
}  // namespace inkling::naive
