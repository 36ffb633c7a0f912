// How values are written in C++.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "inkling/core/types.h"

namespace inkling::host {

/// A float as C++ reads it back, bit for bit (but for the bits of a NaN).
std::string literal(float value);
std::string literal(int32_t value);
/// Text in quotes.
std::string text_literal(const std::string& text);

/// The C++ type of a tensor's elements; bytes for what C++ has no type for.
std::string element_type(Type type);

/// Items with commas behind them, in lines of about 100 characters.
std::string wrapped(const std::vector<std::string>& items);

}  // namespace inkling::host
