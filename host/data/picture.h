// Pictures as models want them: square, small, grey or in colour.
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

namespace inkling::host {

struct Picture {
  int32_t width = 0, height = 0;
  int32_t n_channels = 3;       ///< 1: grey, 3: red, green, blue
  std::vector<uint8_t> pixels;  ///< rows from the top, pixels from the left, channels side by side
};

/// A PNG or JPEG file, whatever its name. Transparency lies on white. Throws an Error if it is neither, is
/// damaged, or has more than 100 million pixels.
Picture read_picture(const std::filesystem::path& path);

/// A picture of three channels as a PNG file.
std::vector<uint8_t> png_bytes(const Picture& picture);

/// A square of the picture, its corner and side in pixels, as `size` times `size` pixels of n_channels: each
/// the mean over its area. Beyond the edges, the edge goes on.
Picture square_of(const Picture& picture, double left, double top, double side, int32_t size,
                  int32_t n_channels);

/// The largest square in the middle.
Picture middle_square(const Picture& picture, int32_t size, int32_t n_channels);

}  // namespace inkling::host
