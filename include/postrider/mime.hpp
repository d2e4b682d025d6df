#pragma once
/// Composing mail, and reading it: everything that needs no network.
#include <postrider/mime/address.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/wire.hpp>
