// Movements over shapes that broadcast.
#pragma once
#include "tests/naive/binary.h"
#include "tests/naive/movement.h"
