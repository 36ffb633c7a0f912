// What the tests of inkling/signal share: the default tables, spans of vectors, and a front end run over a
// sound.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "inkling/signal/sound_front_end.h"

namespace inkling {

inline constexpr const SoundTables& kTables = sound_tables<micro_speech_settings>;

template <class T>
Span<T> span(std::vector<T>& v) {
  return {v.data(), static_cast<int32_t>(v.size())};
}
template <class T>
Span<const T> span(const std::vector<T>& v) {
  return {v.data(), static_cast<int32_t>(v.size())};
}

/// All rows that a front end gives for `pcm`, pushed in chunks of `chunk` samples.
inline std::vector<int8_t> rows_of(SoundFrontEnd& front_end, const std::vector<int16_t>& pcm,
                                   int32_t n_channels, int32_t chunk,
                                   std::vector<uint16_t>* rows_u16 = nullptr) {
  std::vector<int8_t> rows;
  std::vector<int8_t> row(static_cast<size_t>(n_channels));
  const auto n = static_cast<int32_t>(pcm.size());
  for (int32_t start = 0; start < n; start += chunk) {
    Span<const int16_t> samples(pcm.data() + start, std::min(chunk, n - start));
    while (front_end.push(samples, span(row))) {
      rows.insert(rows.end(), row.begin(), row.end());
      if (rows_u16)
        rows_u16->insert(rows_u16->end(), front_end.features_u16().begin(), front_end.features_u16().end());
    }
    EXPECT_EQ(samples.size, 0);
  }
  return rows;
}

}  // namespace inkling
