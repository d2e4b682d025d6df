#pragma once
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

namespace postrider::smtp {

/// The extension that a server offers and gets wrong, to judge by how it took its first messages: PIPELINING where it
/// closes, answers garbage, 421 or 500 to commands that were said together; CHUNKING where it does not know BDAT.
/// Empty where nothing speaks for that, and wherever somebody may have the message: nobody may be sent it twice.
std::string misused_extension(failure const&, extensions const& offered);

}  // namespace postrider::smtp
