// Looks numbers up by computing those of all sentences.
#include "host/engine/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace inkling::host {

uint16_t reason_number(const char* sentence) {
  uint32_t hash = 2166136261u;
  for (; *sentence; ++sentence) hash = (hash ^ static_cast<uint8_t>(*sentence)) * 16777619u;
  return static_cast<uint16_t>(hash ^ hash >> 16);
}

std::string reason_text(uint32_t number) {
  const auto* found = std::find_if(all_reasons.begin(), all_reasons.end(),
                                   [&](const char* sentence) { return reason_number(sentence) == number; });
  return found == all_reasons.end() ? fmt::format("reason {}", number) : *found;
}

std::string with_reasons(const std::string& console) {
  static const std::regex pattern("reason ([0-9]{1,5})\\b");
  std::string words;
  auto rest = console.cbegin();
  for (std::sregex_iterator match(rest, console.cend(), pattern), end; match != end; ++match) {
    words.append(rest, (*match)[0].first).append(reason_text(static_cast<uint32_t>(std::stoul((*match)[1]))));
    rest = (*match)[0].second;
  }
  return words.append(rest, console.cend());
}

}  // namespace inkling::host
