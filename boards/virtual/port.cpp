// The port of the virtual boards: console, four lights, button, microphone and time, all through the computer
// that runs QEMU. What happens to the lights and the sound is told on the console in lines that begin with
// '!' (boards/README.md). Leaves out every other device.
#include "inkling/core/port.h"

#include "boards/virtual/line.h"
#include "boards/virtual/machine.h"
#include "boards/virtual/markers.h"
#include "boards/virtual/semihosting.h"

namespace inkling::port {
namespace {

constexpr int32_t kNoFile = -1;
constexpr uint32_t kSamplesPerMs = 16;
constexpr uint32_t kSamplesPerSecond = 1000 * kSamplesPerMs;
constexpr uint32_t kRingSamples =
    100 * kSamplesPerMs;  // what a driver would hold until it must drop the oldest
constexpr uint32_t kBlockSamples = kRingSamples / 2;  // so that waiting for a block never overruns the ring

uint32_t smaller(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

/// The file microphone.raw, 16 kHz mono int16, heard at the pace of the board's clock from the first read on.
/// The samples stay in the file until the application takes them; a driver's ring is only reckoned with, not
/// stored.
class Microphone {
 public:
  int32_t read(int16_t* samples, uint32_t n_samples) {
    if (!started_) start();
    uint32_t n_stored = 0;
    while (n_stored < n_samples && position_ < n_total_) {
      drop_overrun();
      uint32_t n = smaller(n_samples - n_stored, kBlockSamples);
      n = smaller(n, n_total_ - position_);
      n = smaller(n, kSamplesPerSecond - position_ % kSamplesPerSecond);
      machine::wait_until(start_ms_ + (position_ + n + kSamplesPerMs - 1) / kSamplesPerMs);
      semihosting::read(file_, samples + n_stored, static_cast<int32_t>(n * sizeof(int16_t)));
      n_stored += n;
      advance(n);
    }
    return static_cast<int32_t>(n_stored);
  }

 private:
  void start() {
    started_ = true;
    file_ = semihosting::open("microphone.raw");
    if (file_ == kNoFile) return;
    n_total_ = static_cast<uint32_t>(semihosting::length(file_)) / sizeof(int16_t);
    start_ms_ = machine::now_ms();
    INKLING_MARK_BEGIN(7);
  }

  void drop_overrun() {
    const uint32_t now_ms = machine::now_ms();
    const uint32_t n_heard = smaller((now_ms - start_ms_) * kSamplesPerMs, n_total_);
    if (n_heard <= position_ + kRingSamples) return;
    const uint32_t n_lost = n_heard - kRingSamples - position_;
    Line("!overrun ").number(now_ms).text(" ").number(n_lost).print();
    semihosting::seek(file_, (position_ + n_lost) * static_cast<uint32_t>(sizeof(int16_t)));
    advance(n_lost);
  }

  /// Passes `n` samples of the sound; at each whole second tells the desk and closes its region of
  /// instructions.
  void advance(uint32_t n) {
    const uint32_t before = position_ / kSamplesPerSecond;
    position_ += n;
    for (uint32_t second = before + 1; second <= position_ / kSamplesPerSecond; ++second) {
      INKLING_MARK_END(7);
      Line("!second ").number(second).print();
      INKLING_MARK_BEGIN(7);
    }
  }

  bool started_ = false;
  int32_t file_ = kNoFile;
  uint32_t start_ms_ = 0;
  uint32_t n_total_ = 0;
  uint32_t position_ = 0;  // samples of the sound taken or lost
};

/// The file button.txt: the times in ms at which the button goes down, up, down ... as decimal numbers.
/// Without the file, or after its last number, the button stays as it is.
class Button {
 public:
  bool down() {
    if (!started_) start();
    while (has_change_ && static_cast<int32_t>(machine::now_ms() - change_ms_) >= 0) {
      down_ = !down_;
      read_change();
    }
    return down_;
  }

 private:
  void start() {
    started_ = true;
    file_ = semihosting::open("button.txt");
    if (file_ != kNoFile) read_change();
  }

  void read_change() {
    has_change_ = false;
    change_ms_ = 0;
    char c;
    while (semihosting::read(file_, &c, 1) == 1) {
      if (c >= '0' && c <= '9') {
        change_ms_ = change_ms_ * 10 + static_cast<uint32_t>(c - '0');
        has_change_ = true;
      } else if (has_change_) {
        return;
      }
    }
  }

  bool started_ = false, down_ = false, has_change_ = false;
  int32_t file_ = kNoFile;
  uint32_t change_ms_ = 0;
};

Microphone microphone;
Button the_button;
uint32_t lights;

}  // namespace

uint32_t now_ms() {
  return machine::now_ms();
}

void write(const char* text) {
  semihosting::write(text);
}

void set_led(Led led, bool on) {
  static constexpr const char* kNames[] = {"yellow", "red", "green", "blue"};
  const uint32_t index = static_cast<uint32_t>(led);
  if ((lights >> index & 1) == static_cast<uint32_t>(on)) return;
  lights ^= 1u << index;
  Line("!led ").number(now_ms()).text(" ").text(kNames[index]).text(on ? " 1" : " 0").print();
}

bool button() {
  return the_button.down();
}

int32_t read_microphone(int16_t* samples, int32_t n_samples) {
  return n_samples <= 0 ? 0 : microphone.read(samples, static_cast<uint32_t>(n_samples));
}

void sleep_ms(uint32_t ms) {
  machine::wait_until(now_ms() + ms);
}

void halt(int32_t exit_status) {
  semihosting::exit(exit_status);
}

}  // namespace inkling::port
