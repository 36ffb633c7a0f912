// Tests of datasets with one folder per class, of sounds and pictures: host/data/class_dataset.h, picture.h
// and the examples made of them.
#include "host/data/class_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "host/data/files.h"
#include "host/data/picture_examples.h"
#include "host/data/scene_features.h"
#include "host/data/sound_examples.h"
#include "host/data/wav.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;

std::vector<uint8_t> from_hex(const std::string& hex) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

// 3 x 2 pixels: red, green, blue; black, white, transparent.
const std::vector<uint8_t> kPng = from_hex(
    "89504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a0000001949444154789c63f8cfc0f01f0c19fe"
    "0331"
    "8804024e4e4e060094d60b1182a16b0f0000000049454e44ae426082");
// 8 x 8 pixels: the left half grey 40, the right half 200.
const std::vector<uint8_t> kJpeg = from_hex(
    "ffd8ffdb004300010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101"
    "01"
    "010101010101010101010101010101010101ffc0000b080008000801011100ffc400140001000000000000000000000000000000"
    "07ff"
    "c400181000020300000000000000000000000000000a4888c7ffda0008010100003f003f5bb9995df733ffd9");

class Classes : public testing::Test {
 protected:
  void write(const std::string& name, const std::vector<uint8_t>& bytes) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    write_atomically(folder_ / name, bytes);
  }
  TemporaryFolder folder_;
};

TEST_F(Classes, KeepPiecesOfASourceTogether) {
  for (int32_t source = 0; source < 20; ++source)
    for (const char* piece : {"A", "B", "C"}) {
      const std::string name = "1-" + std::to_string(source) + "-" + piece + ".wav";
      write("rain/" + name, {});
      write("sea/deep/" + name, {});
    }
  write("_rest/a.wav", {});
  const ClassDataset dataset = read_class_dataset(folder_.path(), sound_extensions(), 0.2);
  EXPECT_EQ(dataset.labels, (std::vector<std::string>{"rain", "sea"}));
  ASSERT_EQ(dataset.items.size(), 120u);
  EXPECT_EQ(dataset.part(Part::test).size(), 24u);
  EXPECT_EQ(dataset.part(Part::validation).size(), 12u);
  std::set<std::pair<std::string, Part>> places;
  for (const ClassItem& item : dataset.items) places.insert({source_of(item.path), item.part});
  EXPECT_EQ(places.size(), 20u);
  EXPECT_EQ(read_class_dataset(folder_.path(), sound_extensions(), 0).part(Part::train).size(), 120u);
}

TEST_F(Classes, AreRefusedEmptyOrAlone) {
  write("rain/1.wav", {});
  EXPECT_PRED_FORMAT2(IsSubstring, "has 1 classes, want two",
                      message_of([&] { read_class_dataset(folder_.path(), sound_extensions(), 0.1); }));
  write("sea/notes.txt", {});
  EXPECT_PRED_FORMAT2(IsSubstring, "sea: holds no files",
                      message_of([&] { read_class_dataset(folder_.path(), sound_extensions(), 0.1); }));
}

TEST_F(Classes, ListingHashSeesChanges) {
  write("a/1.png", kPng);
  const uint64_t before = listing_hash(folder_.path());
  EXPECT_EQ(listing_hash(folder_.path()), before);
  write("a/2.png", kPng);
  EXPECT_NE(listing_hash(folder_.path()), before);
}

TEST_F(Classes, PicturesAreRead) {
  write("p.png", kPng);
  const Picture png = read_picture(folder_ / "p.png");
  EXPECT_EQ(png.width, 3);
  EXPECT_EQ(png.height, 2);
  EXPECT_EQ(png.pixels,
            (std::vector<uint8_t>{255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255, 255}));
  write("p.png", kJpeg);  // the bytes tell, not the name
  const Picture jpeg = read_picture(folder_ / "p.png");
  ASSERT_EQ(jpeg.pixels.size(), 8u * 8 * 3);
  EXPECT_NEAR(jpeg.pixels[0], 40, 2);
  EXPECT_NEAR(jpeg.pixels[7 * 3], 200, 2);
}

TEST_F(Classes, DamagedPicturesAreRefused) {
  for (const std::vector<uint8_t>& whole : {kPng, kJpeg})
    for (size_t n = 0; n + 16 < whole.size(); n += 7) {
      write("p", {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n)});
      EXPECT_PRED_FORMAT2(IsSubstring, "p: is ", message_of([&] { read_picture(folder_ / "p"); })) << n;
    }
}

TEST(Picture, SquaresAreMeansOverAreas) {
  Picture picture{4, 2, 3, {}};
  for (int32_t i = 0; i < 8; ++i)
    picture.pixels.insert(picture.pixels.end(), 3, static_cast<uint8_t>(10 * i));
  const Picture middle = middle_square(picture, 1, 1);  // columns 1 and 2: 10, 20, 50, 60
  EXPECT_EQ(middle.pixels, std::vector<uint8_t>{35});
  const Picture beyond = square_of(picture, -10, -10, 2, 1, 3);
  EXPECT_EQ(beyond.pixels, (std::vector<uint8_t>{0, 0, 0}));
  EXPECT_EQ(picture_input({1, 2, 1, {0, 255}}), (std::vector<int8_t>{-128, 127}));
}

TEST_F(Classes, PicturesBecomeExamples) {
  for (int32_t i = 0; i < 20; ++i) write("a/" + std::to_string(i) + ".png", kPng);
  write("a/x.png", {1, 2, 3});
  write("b/1.jpg", kJpeg);
  const ClassDataset dataset = read_class_dataset(folder_.path(), picture_extensions(), 0);
  Skipped skipped(folder_.path(), dataset.items.size());
  const Examples examples = picture_examples(dataset.items, 1, 3, true, Random(1), skipped);
  EXPECT_EQ(examples.size(), 3 * 21);
  EXPECT_EQ(examples.features.size(), 63u * 96 * 96);
  ASSERT_EQ(skipped.messages().size(), 1u);
  EXPECT_PRED_FORMAT2(IsSubstring, "x.png", skipped.messages()[0]);
  Skipped again(folder_.path(), dataset.items.size());
  EXPECT_EQ(picture_examples(dataset.items, 1, 3, true, Random(1), again).features, examples.features);
}

// A tone, and silence around it.
std::vector<int16_t> tone(int32_t n_samples, int32_t begin, int32_t end) {
  std::vector<int16_t> samples(static_cast<size_t>(n_samples));
  for (int32_t i = begin; i < end; ++i)
    samples[static_cast<size_t>(i)] = static_cast<int16_t>(8000 * std::sin(0.3 * i));
  return samples;
}

TEST(SceneWindows, LeaveSilenceOut) {
  const auto windows = scene_windows(tone(5 * 16000, 8000, 20000));
  ASSERT_FALSE(windows.empty());
  EXPECT_LT(windows.size(), 6u);
  for (const auto& window : windows)
    EXPECT_EQ(window.size(), static_cast<size_t>(kSceneRows * kSceneChannels));
  EXPECT_EQ(scene_windows(tone(1000, 0, 1000)).size(), 1u) << "a short sound is filled up";
  EXPECT_FALSE(scene_windows(std::vector<int16_t>(5 * 16000)).empty()) << "silence is all there is";
}

// What is steady stays: no noise reduction.
TEST(SceneRows, KeepSteadySounds) {
  const std::vector<int8_t> rows = scene_rows(tone(4 * 16000, 0, 4 * 16000));
  const auto loudest = [&](size_t row) {
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(row * kSceneChannels);
    return *std::max_element(begin, begin + kSceneChannels);
  };
  EXPECT_GT(loudest(1), 50);
  EXPECT_NEAR(loudest(1), loudest(rows.size() / kSceneChannels - 1), 2);
}

TEST_F(Classes, SoundsBecomeExamples) {
  for (const char* name : {"low/1.wav", "low/2.wav", "high/1.wav"})
    write(name, wav_bytes(tone(16000, 2000, 9000)));
  const ClassDataset dataset = read_class_dataset(folder_.path(), sound_extensions(), 0);
  Skipped skipped(folder_.path(), dataset.items.size());
  const Examples examples = sound_examples(dataset.items, 4, Random(1), skipped);
  EXPECT_EQ(examples.size(), 12);
  EXPECT_EQ(examples.labels, (std::vector<int32_t>{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}));
  std::set<std::vector<int8_t>> different;
  for (size_t i = 0; i < 12; ++i) {
    const auto first =
        examples.features.begin() + static_cast<std::ptrdiff_t>(i) * kSceneRows * kSceneChannels;
    different.insert({first, first + kSceneRows * kSceneChannels});
  }
  EXPECT_EQ(different.size(), 12u);
  EXPECT_EQ(sound_examples(dataset.items, 4, Random(1), skipped).features, examples.features);
  EXPECT_EQ(sound_examples(dataset.items, 0, Random(1), skipped).size(), 3);
}

}  // namespace
}  // namespace inkling::host
