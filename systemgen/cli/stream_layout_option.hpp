#pragma once

#include <string>
#include <vector>

#include "systemgen/network/stream_layouts.hpp"

namespace CLI {
class App;
}

namespace sluice {

/// --stream-layout [NAME=]row-major|channels-last: for one input or output, or for all that have none of their own. The
/// last of several for the same counts. Writes to `layouts` when the command line is read.
void add_stream_layout_option(CLI::App& app, StreamLayouts& layouts);

}  // namespace sluice
