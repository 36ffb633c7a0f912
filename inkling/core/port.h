// The port: all that an application asks of a board. Each folder of boards/ answers it; the applications
// include nothing else of a board. Leaves out the model and its labels, which are linked in by the build.
#pragma once
#include <stdint.h>

namespace inkling::port {

/// The four lights of a speech board: yellow a known word, red another word or an error, green an unknown
/// word, blue the heartbeat.
enum class Led : uint8_t { yellow, red, green, blue };

/// Milliseconds since start-up; wraps after 49 days.
uint32_t now_ms();

/// Writes a zero-terminated text to the console; may block.
void write(const char* text);

/// Switches a light.
void set_led(Led led, bool on);

/// Whether the board's button is held down now.
bool button();

/// Waits until the microphone has delivered `n_samples` more samples (16 kHz, mono, signed 16 bits) and
/// stores them. Returns the number of samples stored: less than `n_samples` only where the sound has an end,
/// as on a virtual board whose sound file has been played.
int32_t read_microphone(int16_t* samples, int32_t n_samples);

/// Sleeps for about `ms` milliseconds.
void sleep_ms(uint32_t ms);

/// Ends the program with an exit status on a virtual board; on a real one stops for ever.
[[noreturn]] void halt(int32_t exit_status);

}  // namespace inkling::port
