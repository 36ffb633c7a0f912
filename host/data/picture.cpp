// PNG through libpng, JPEG through libjpeg; areas by four samples each way.
#include "host/data/picture.h"

#include <fmt/format.h>
#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdio>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

constexpr int64_t kMaxPixels = 100'000'000;

void check_size(const std::filesystem::path& path, int64_t width, int64_t height) {
  if (width < 1 || height < 1 || width * height > kMaxPixels)
    throw Error(
        fmt::format("{}: has {} x {} pixels, want up to {}", path.string(), width, height, kMaxPixels));
}

Picture read_png(const std::filesystem::path& path, const std::vector<uint8_t>& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    throw Error(fmt::format("{}: is a damaged PNG ({})", path.string(), image.message));
  check_size(path, image.width, image.height);
  image.format = PNG_FORMAT_RGB;
  Picture picture{static_cast<int32_t>(image.width), static_cast<int32_t>(image.height), 3, {}};
  picture.pixels.resize(PNG_IMAGE_SIZE(image));
  const png_color white{255, 255, 255};
  if (!png_image_finish_read(&image, &white, picture.pixels.data(), 0, nullptr))
    throw Error(fmt::format("{}: is a damaged PNG ({})", path.string(), image.message));
  return picture;
}

/// libjpeg's way out of an error: back to where the reading began.
struct JpegErrors {
  jpeg_error_mgr manager{};
  std::jmp_buf back{};
  char message[JMSG_LENGTH_MAX] = {};
};

/// Reads into `picture`, which lives outside, as a jump must not pass over anything that wants destruction.
/// False with a message when that fails or the data ends early.
bool decode_jpeg(const std::vector<uint8_t>& bytes, JpegErrors& errors, Picture& picture) {
  jpeg_decompress_struct jpeg{};
  jpeg.err = jpeg_std_error(&errors.manager);
  jpeg.client_data = &errors;
  errors.manager.error_exit = [](j_common_ptr common) {
    auto* own = static_cast<JpegErrors*>(common->client_data);
    common->err->format_message(common, own->message);
    std::longjmp(own->back, 1);
  };
  errors.manager.emit_message = [](j_common_ptr common, int level) {
    if (level < 0) common->err->error_exit(common);  // a warning: the data is damaged
  };
  if (setjmp(errors.back)) {
    jpeg_destroy_decompress(&jpeg);
    return false;
  }
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, bytes.data(), bytes.size());
  jpeg_read_header(&jpeg, TRUE);
  jpeg.out_color_space = JCS_RGB;
  if (int64_t{jpeg.image_width} * jpeg.image_height > kMaxPixels) {
    std::snprintf(errors.message, sizeof errors.message, "too many pixels");
    jpeg_destroy_decompress(&jpeg);
    return false;
  }
  jpeg_start_decompress(&jpeg);
  picture.width = static_cast<int32_t>(jpeg.output_width);
  picture.height = static_cast<int32_t>(jpeg.output_height);
  picture.pixels.resize(size_t{3} * jpeg.output_width * jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = picture.pixels.data() + size_t{3} * jpeg.output_width * jpeg.output_scanline;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
  return true;
}

/// The grey value that eyes see in a colour (BT.601).
double grey_of(const uint8_t* rgb) {
  return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

}  // namespace

Picture read_picture(const std::filesystem::path& path) {
  const std::vector<uint8_t> bytes = read_file(path);
  if (bytes.size() >= 8 && png_sig_cmp(bytes.data(), 0, 8) == 0) return read_png(path, bytes);
  if (bytes.size() < 3 || bytes[0] != 0xff || bytes[1] != 0xd8)
    throw Error(fmt::format("{}: is no picture that can be read, want PNG or JPEG", path.string()));
  Picture picture;
  JpegErrors errors;
  if (!decode_jpeg(bytes, errors, picture))
    throw Error(fmt::format("{}: is a damaged JPEG ({})", path.string(), errors.message));
  return picture;
}

std::vector<uint8_t> png_bytes(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<uint32_t>(picture.width);
  image.height = static_cast<uint32_t>(picture.height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t n_bytes = 0;
  const auto write = [&](void* to) {
    if (!png_image_write_to_memory(&image, to, &n_bytes, 0, picture.pixels.data(), 0, nullptr))
      throw Error(fmt::format("a picture cannot be written as PNG ({})", image.message));
  };
  write(nullptr);
  std::vector<uint8_t> bytes(n_bytes);
  write(bytes.data());
  return bytes;
}

Picture square_of(const Picture& picture, double left, double top, double side, int32_t size,
                  int32_t n_channels) {
  // Enough samples that no pixel is left out.
  const double step = side / size;
  const int32_t n = std::clamp(static_cast<int32_t>(std::ceil(step)), 1, 16);
  Picture result{size, size, n_channels, {}};
  for (int32_t y = 0; y < size; ++y)
    for (int32_t x = 0; x < size; ++x) {
      double sums[3] = {};
      for (int32_t i = 0; i < n * n; ++i) {
        const double at_x = left + step * (x + (i % n + 0.5) / n),
                     at_y = top + step * (y + (i / n + 0.5) / n);
        const auto column = std::clamp(static_cast<int64_t>(at_x), int64_t{0}, int64_t{picture.width - 1});
        const auto row = std::clamp(static_cast<int64_t>(at_y), int64_t{0}, int64_t{picture.height - 1});
        const uint8_t* rgb = picture.pixels.data() + 3 * (row * picture.width + column);
        for (int32_t c = 0; c < n_channels; ++c) sums[c] += n_channels == 1 ? grey_of(rgb) : rgb[c];
      }
      for (int32_t c = 0; c < n_channels; ++c)
        result.pixels.push_back(static_cast<uint8_t>(std::lround(sums[c] / (n * n))));
    }
  return result;
}

Picture middle_square(const Picture& picture, int32_t size, int32_t n_channels) {
  const double side = std::min(picture.width, picture.height);
  return square_of(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, size, n_channels);
}

}  // namespace inkling::host
