#pragma once
#include <algorithm>
#include <postrider/client/pool.hpp>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/mime/message.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "client/mail_server.hpp"
#include "net/streams.hpp"

/// What the tests of both pools begin with.
namespace postrider::test {

inline smtp::pool_options quickly() {
    smtp::pool_options options;
    options.client.local_hostname = "me.example";
    options.client.timeout = soon;
    return options;
}

inline mime::message mail_to(std::string const& address) {
    mime::message mail;
    mail.from("a@here.example").to(address).subject("hello").text("hello " + address + "\n");
    return mail;
}

/// How many commands of that kind the server has heard.
inline std::ptrdiff_t said(mail_server const& server, std::string_view command) {
    auto const heard = server.heard();
    return std::ranges::count_if(heard, [&](std::string const& line) { return line.starts_with(command); });
}

/// A server for many sessions at once.
struct busy_server {
    explicit busy_server(devserver::catch_options options = on_free_ports()) : server(std::move(options)) {
        server.start();
        server.run_in_background();
    }
    static devserver::catch_options on_free_ports() {
        devserver::catch_options options;
        options.smtp.port = options.http.port = 0;
        return options;
    }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(server.smtp().port); }

    devserver::catch_server server;
};

}  // namespace postrider::test
