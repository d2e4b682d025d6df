// A program's mail under GoogleTest: a mail server inside the test, in memory and without a page.

#include <gtest/gtest.h>

#include <chrono>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

namespace {

/// What is tested: a shop that writes to its guests.
class shop {
public:
    explicit shop(std::string server_url) : server_url_(std::move(server_url)) {}

    /// returns    who was refused.
    std::vector<std::string> invite(std::vector<std::string> const& guests) {
        mime::message mail;
        mail.from("shop@example.com").subject("Welcome, 欢迎").text("Your code is 1234.\n");
        for (auto const& guest : guests) mail.to(guest);
        smtp::client server(server_url_);
        std::vector<std::string> refused;
        for (auto const& recipient : server.send(mail).refused()) refused.push_back(recipient.address);
        server.quit();
        return refused;
    }

private:
    std::string server_url_;
};

class mail_test : public testing::Test {
protected:
    mail_test() : server_(options()), tested_(url()) {}

    static devserver::catch_options options() {
        devserver::catch_options options;
        options.smtp.port = 0;  // any that is free
        options.serve_http = false;
        std::string why;
        options.rules = {*devserver::parse_refuse_rule("gone@*=550 5.1.1 no such user", why)};
        return options;
    }
    std::string url() {
        server_.start();
        server_.run_in_background();
        return "smtp://" + to_string(server_.smtp());
    }

    devserver::catch_server server_;
    shop tested_;
};

}  // namespace

TEST_F(mail_test, AGuestIsToldTheCode) {
    tested_.invite({"ann@example.net"});
    auto const mails = server_.wait_for(1, std::chrono::seconds(5));
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].to, std::vector<std::string>{"ann@example.net"});
    EXPECT_EQ(mails[0].subject, "Welcome, 欢迎");
    EXPECT_NE(server_.raw(mails[0].id)->find("Your code is 1234."), std::string::npos);
}

TEST_F(mail_test, WhoIsRefusedIsToldAndTheOthersAreInvited) {
    EXPECT_EQ(tested_.invite({"gone@example.net", "bob@example.net"}), std::vector<std::string>{"gone@example.net"});
    server_.wait_for(1, std::chrono::seconds(5));
    auto const mails = server_.messages("to:bob@example.net subject:welcome");
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].to, std::vector<std::string>{"bob@example.net"});  // the envelope; the To field names both
}
