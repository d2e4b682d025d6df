#pragma once
/// Sending mail by LMTP, blocking.
#include <postrider/client/lmtp.hpp>
#include <postrider/smtp.hpp>
