#pragma once
#include <chrono>
#include <optional>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/dot_stuffing.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/core/mapped_file.hpp>
#include <postrider/lmtp.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>
#include <string>
#include <vector>

// What the table's lines of C++ speak of. They are compiled and not run.

using namespace postrider;

struct names {
    mime::message mail, part;
    smtp::client server;
    std::string octets, text, path;
};

template <class... Values>
void use(Values const&...) {}

template <class Exception>
void catch_one() {
    try {
        throw;
    } catch (Exception const& e) {
        use(e.what());
    }
}
