#pragma once

namespace sluice {

/// The user wants the program to end. Thrown where it can, so that what is half done is taken away.
struct Interrupted {};

/// From now on SIGINT, SIGTERM and SIGHUP are noted; a second one of a kind ends the program at once.
void note_interrupts();

/// Whether one came.
bool interrupted();

}  // namespace sluice
