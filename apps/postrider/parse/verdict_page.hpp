#pragma once
#include <postrider/dkim.hpp>
#include <string>

#include "exit_codes.hpp"

namespace postrider::app {

/// A line for each signature: "pass       example.com  mail  rsa-sha256  2048-bit key".
std::string verdict_page(dkim::verification const&);

/// ok when a signature passed; try_later when none did and DNS failed for one of them; else bad_data.
exit_code exit_code_of(dkim::verification const&);

}  // namespace postrider::app
