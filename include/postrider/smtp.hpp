#pragma once
/// Sending mail by SMTP, blocking. For LMTP see <postrider/lmtp.hpp>, for coroutines <postrider/async.hpp>.
#include <postrider/client/options.hpp>
#include <postrider/client/pool.hpp>
#include <postrider/client/server_url.hpp>
#include <postrider/client/smtp.hpp>
#include <postrider/client/smtp_error.hpp>
#include <postrider/proto/smtp/delivery_options.hpp>
