#pragma once
/// Sending mail with coroutines. The only public header that shows Asio.
#include <postrider/client/async_pool.hpp>
#include <postrider/client/async_smtp.hpp>
#include <postrider/smtp.hpp>
