#pragma once
#include <string_view>

namespace postrider::devserver {

/// openapi.json, which is built into the program.                                                        OpenAPI 3.1
std::string_view openapi_description() noexcept;

}  // namespace postrider::devserver
