// What happens to a sound on its way to a microphone: other throats, rooms, distances, noises. Leaves out
// what is said.
#pragma once
#include <cstdint>
#include <vector>

#include "host/data/random.h"

namespace inkling::host {

/// Samples of which 1 is full scale.
using Samples = std::vector<float>;

Samples to_float(const std::vector<int16_t>& samples);
/// Clips what exceeds full scale.
std::vector<int16_t> to_int16(const Samples& samples);

/// Faster (above 1: shorter and higher) or slower, like a tape.
Samples at_speed(const Samples& samples, double speed);

/// A tilt of the spectrum: gains in decibels well below and well above `middle_hz`.
Samples tilted(const Samples& samples, double middle_hz, double low_db, double high_db);

/// Without what is above `cut_hz` (48 dB per octave): as a telephone or an old recorder hears it.
Samples low_passed(const Samples& samples, double cut_hz);

/// In a room whose echoes fall by 60 dB in `decay_s`, `wet` (0 to 1) of it; as much longer as the echoes
/// last.
Samples in_room(const Samples& samples, double decay_s, double wet, Random& random);

/// The root of the mean square.
double rms(const Samples& samples);

}  // namespace inkling::host
