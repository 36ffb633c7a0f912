// Tests of host/data/npy.h: round trips, files as NumPy writes them, and headers that lie.
#include "host/data/npy.h"

#include <gtest/gtest.h>

#include "host/data/files.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;

/// A .npy file around any header text.
std::vector<uint8_t> npy(const std::string& header, size_t n_data_bytes, int version = 1) {
  std::string file = "\x93NUMPY";
  file += static_cast<char>(version);
  file += '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i) file += static_cast<char>(header.size() >> (8 * i) & 255);
  file += header + std::string(n_data_bytes, 'd');
  return {file.begin(), file.end()};
}

std::string refusal(const std::vector<uint8_t>& file) {
  return message_of([&] { parse_npy(file, "x.npy"); });
}

std::string header_refusal(const std::string& header, size_t n_data_bytes = 0) {
  return refusal(npy(header, n_data_bytes));
}

TEST(Npy, RoundTripsEveryTypeAndRank) {
  const TemporaryFolder folder;
  const std::vector<std::vector<int64_t>> shapes = {{}, {3}, {0}, {2, 3}, {4, 0, 2}, {1, 2, 3, 4, 5}};
  for (const char* dtype :
       {"<f4", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "|b1", "<f2", "<f8"}) {
    for (const auto& shape : shapes) {
      Array array{dtype, shape, {}};
      int64_t n_bytes = element_bytes(dtype);
      for (const int64_t size : shape) n_bytes *= size;
      for (int64_t i = 0; i < n_bytes; ++i) array.bytes.push_back(static_cast<uint8_t>(i * 37));
      write_npy(folder / "a.npy", array);
      const Array back = read_npy(folder / "a.npy");
      EXPECT_EQ(back.dtype, array.dtype);
      EXPECT_EQ(back.shape, array.shape);
      EXPECT_EQ(back.bytes, array.bytes);
    }
  }
}

TEST(Npy, WritesWhatNumPyWrites) {  // numpy.save of numpy.array([1, 2, 3], dtype='<i2'), NumPy 1.24
  const std::vector<uint8_t> file = format_npy({"<i2", {3}, {1, 0, 2, 0, 3, 0}});
  const std::string want = "{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }";
  ASSERT_EQ(file.size(), 128u + 6u);
  EXPECT_EQ(file[8] + 256 * file[9], 118);
  EXPECT_EQ(std::string(file.begin() + 10, file.begin() + 128),
            want + std::string(117 - want.size(), ' ') + "\n");
}

TEST(Npy, AcceptsOtherSpellings) {
  const Array array =
      parse_npy(npy("{\"shape\":(2,3),'descr':'<i1','fortran_order':False}\n", 6, 2), "x.npy");
  EXPECT_EQ(array.dtype, "|i1");
  EXPECT_EQ(array.shape, (std::vector<int64_t>{2, 3}));
}

TEST(Npy, SaysWhatItDoesNotSupport) {
  EXPECT_PRED_FORMAT2(IsSubstring, "ascontiguousarray",
                      header_refusal("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 24));
  EXPECT_PRED_FORMAT2(IsSubstring, "'>f4'",
                      header_refusal("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8));
  EXPECT_PRED_FORMAT2(IsSubstring, "'|O'",
                      header_refusal("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 8));
  EXPECT_PRED_FORMAT2(
      IsSubstring, "structured",
      header_refusal("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8));
  EXPECT_PRED_FORMAT2(IsSubstring, "version 3.0, want 1.0 or 2.0", refusal(npy("{}", 0, 3)));
}

TEST(Npy, RefusesMalformedHeaders) {
  const std::string good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  ASSERT_NO_THROW(parse_npy(npy(good, 8), "x.npy"));
  for (const char* bad :
       {"", "{", "{}", "[]", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 2, }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 'x'}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x", "{'descr': '<f4",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '', 'fortran_order': False, 'shape': (2,)}"}) {
    EXPECT_PRED_FORMAT2(IsSubstring, "x.npy: ", header_refusal(bad, 8)) << bad;
  }
}

TEST(Npy, RefusesShapesThatDoNotFitTheData) {
  const auto header = [](const std::string& shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
  };
  EXPECT_PRED_FORMAT2(IsSubstring, "needs 8 data bytes, the file has 7", header_refusal(header("2,"), 7));
  EXPECT_PRED_FORMAT2(IsSubstring, "needs 8 data bytes, the file has 9", header_refusal(header("2,"), 9));
  EXPECT_PRED_FORMAT2(IsSubstring, "needs 4 data bytes, the file has 0", header_refusal(header(""), 0));
  EXPECT_PRED_FORMAT2(IsSubstring, "too many", header_refusal(header("4611686018427387904, 4"), 0));
  EXPECT_PRED_FORMAT2(IsSubstring, "63 bits", header_refusal(header("9223372036854775808,"), 0));
  EXPECT_PRED_FORMAT2(IsSubstring, "63 bits", header_refusal(header("99999999999999999999999,"), 0));
  std::string rank_33;
  for (int i = 0; i < 33; ++i) rank_33 += "1, ";
  EXPECT_PRED_FORMAT2(IsSubstring, "at most 32", header_refusal(header(rank_33), 4));
}

TEST(Npy, RefusesEveryTruncation) {
  const std::vector<uint8_t> file = format_npy({"<i2", {3}, {1, 0, 2, 0, 3, 0}});
  for (size_t n = 0; n < file.size(); ++n) {
    EXPECT_PRED_FORMAT2(IsSubstring,
                        "x.npy: ", refusal({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(n)}))
        << n;
  }
  std::vector<uint8_t> long_header = npy("{}", 0, 2);
  long_header[11] = 0xff;  // 4 GB of header
  EXPECT_PRED_FORMAT2(IsSubstring, "want at most 10000", refusal(long_header));
}

TEST(Npy, SurvivesEveryChangedByte) {
  const std::vector<uint8_t> file = format_npy({"<i2", {3}, {1, 0, 2, 0, 3, 0}});
  int n_refused = 0;
  for (size_t i = 0; i < 128; ++i) {
    for (int value = 0; value < 256; ++value) {
      std::vector<uint8_t> changed = file;
      changed[i] = static_cast<uint8_t>(value);
      try {
        EXPECT_EQ(parse_npy(changed, "x.npy").bytes.size(), 6u);  // <u2 for <i2, say
      } catch (const Error&) {
        ++n_refused;
      }
    }
  }
  EXPECT_GT(n_refused, 128 * 200);
}

TEST(Npy, RefusesToWriteWhatDoesNotFit) {
  EXPECT_PRED_FORMAT2(IsSubstring, "cannot write 2 bytes as <i2", message_of([] {
                        format_npy({"<i2", {3}, {1, 2}});
                      }));
  EXPECT_PRED_FORMAT2(IsSubstring, "'<i3' is not supported", message_of([] { format_npy({"<i3", {}, {}}); }));
}

}  // namespace
}  // namespace inkling::host
