#pragma once
#include "http/message.hpp"

namespace postrider::devserver {

/// What rules are made of, as JSON: for a page that lets people choose.
http_response faults_help();

}  // namespace postrider::devserver
