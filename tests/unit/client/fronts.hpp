#pragma once
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <optional>
#include <postrider/async.hpp>
#include <string>
#include <utility>
#include <vector>

#include "net/streams.hpp"

/// doctest would print a result by printing what is in it.
template <class T>
struct doctest::StringMaker<boost::system::result<T, postrider::smtp::failed>> {
    static String convert(boost::system::result<T, postrider::smtp::failed> const& outcome) {
        return outcome ? "a value" : to_string(outcome.error().failure).c_str();
    }
};

/// Both clients behind one set of verbs, so that one list of cases holds for both.
namespace postrider::test {

inline mime::message small_mail() {
    mime::message mail;
    mail.from("a@here.example").to("b@there.example").subject("hello").text("hello\n");
    return mail;
}

class blocking_client {
public:
    smtp::result<smtp::reply> connect(std::string const& server, smtp::client_options options = {}) {
        client_.emplace(std::move(options));
        return client_->try_connect(server);
    }
    smtp::result<smtp::reply> connect_again() { return client_->try_connect(); }
    smtp::result<smtp::reply> login(std::string user, std::string secret) {
        return client_->try_login(std::move(user), std::move(secret));
    }
    smtp::result<smtp::reply> login(sasl::credentials who) { return client_->try_login(std::move(who)); }
    smtp::result<smtp::report> send(mime::message const& mail) { return client_->try_send(mail); }
    std::vector<smtp::result<smtp::report>> send_all(std::vector<mime::message> const& mails) {
        return client_->send_all(mails);
    }
    smtp::result<void> send_all(smtp::mail_run& mails) { return client_->try_send_all(mails); }
    smtp::reply docmd(std::string const& line) { return client_->docmd(line); }
    smtp::reply noop() { return client_->noop(); }
    smtp::reply rset() { return client_->rset(); }
    smtp::reply starttls() { return client_->starttls(); }
    smtp::reply quit() { return client_->quit(); }
    smtp::client& client() { return *client_; }
    bool is_connected() const { return client_->is_connected(); }

private:
    std::optional<smtp::client> client_;
};

class awaiting_client {
public:
    smtp::result<smtp::reply> connect(std::string const& server, smtp::client_options options = {}) {
        client_.emplace(context_.get_executor(), server, std::move(options));
        return run(context_, client_->async_try_connect());
    }
    smtp::result<smtp::reply> connect_again() { return run(context_, client_->async_try_connect()); }
    smtp::result<smtp::reply> login(std::string user, std::string secret) {
        return run(context_, client_->async_try_login(std::move(user), std::move(secret)));
    }
    smtp::result<smtp::reply> login(sasl::credentials who) {
        return run(context_, client_->async_try_login(std::move(who)));
    }
    smtp::result<smtp::report> send(mime::message const& mail) { return run(context_, client_->async_try_send(mail)); }
    std::vector<smtp::result<smtp::report>> send_all(std::vector<mime::message> const& mails) {
        return run(context_, client_->async_send_all(mails));
    }
    smtp::result<void> send_all(smtp::mail_run& mails) { return run(context_, client_->async_try_send_all(mails)); }
    smtp::reply docmd(std::string const& line) { return run(context_, client_->async_docmd(line)); }
    smtp::reply noop() { return run(context_, client_->async_noop()); }
    smtp::reply rset() { return run(context_, client_->async_rset()); }
    smtp::reply starttls() { return run(context_, client_->async_starttls()); }
    smtp::reply quit() { return run(context_, client_->async_quit()); }
    smtp::async_client& client() { return *client_; }
    boost::asio::io_context& context() { return context_; }
    bool is_connected() const { return client_->is_connected(); }

private:
    boost::asio::io_context context_;
    std::optional<smtp::async_client> client_;
};

}  // namespace postrider::test
