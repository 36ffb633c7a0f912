// Arch: the machine that this program is compiled for. The only ladder of architecture #ifs in the library.
// -DINKLING_PORTABLE=1 chooses plain C++ everywhere.
#pragma once
#include "inkling/arch/portable.h"

#if defined(INKLING_PORTABLE) && INKLING_PORTABLE
namespace inkling {
using Arch = Portable;
}
#elif defined(__ARM_FEATURE_MVE)
#include "inkling/arch/mve.h"
namespace inkling {
using Arch = Mve;
}
#elif defined(__ARM_FEATURE_DSP)
#include "inkling/arch/armv7em.h"
namespace inkling {
using Arch = Armv7em;
}
#elif defined(__ARM_ARCH_7M__)
#include "inkling/arch/armv7m.h"
namespace inkling {
using Arch = Armv7m;
}
#elif defined(__SSE2__)
#include "inkling/arch/sse2.h"
namespace inkling {
using Arch = Sse2;
}
#else
namespace inkling {
using Arch = Portable;
}
#endif
