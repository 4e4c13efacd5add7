#pragma once

#include "core/precompiled.hpp"
