// How well models of sounds and of pictures know the items of a dataset with one folder per class. Leaves out
// words and motion.
#pragma once
#include <filesystem>
#include <optional>

#include "host/data/word_dataset.h"
#include "host/evaluate/word_clips.h"

namespace inkling::host {

/// The kinds of models, as their metadata names them.
constexpr char kSoundsKind[] = "sounds";
constexpr char kPicturesKind[] = "pictures";

/// The sounds of a dataset, or of a part of it: the mean scores over the windows of each. Classes that the
/// model does not know are "unknown"; files that cannot be read are skipped. Throws an Error if the model
/// does not take such windows, or if more than a tenth of the files cannot be read.
JudgedClips judge_sounds(const std::filesystem::path& model, const std::filesystem::path& dataset,
                         std::optional<Part> part);

/// The same for pictures: the largest square in the middle of each.
JudgedClips judge_pictures(const std::filesystem::path& model, const std::filesystem::path& dataset,
                           std::optional<Part> part);

}  // namespace inkling::host
