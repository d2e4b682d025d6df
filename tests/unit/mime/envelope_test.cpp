#include <postrider/mime/envelope.hpp>

#include "support.hpp"

using namespace postrider;

TEST_CASE("the envelope is Sender or the first author, and every recipient once") {
    mime::message mail;
    mail.from("A <a@x>, b@x").to("c@y, D <d@y>").cc("Us: e@y, c@Y;").bcc("hidden@z, C@y");
    auto envelope = mime::envelope_of(mail);
    CHECK(envelope.reverse_path == "a@x");
    CHECK(envelope.forward_paths == std::vector<std::string>{"c@y", "d@y", "e@y", "hidden@z", "C@y"});
    mail.sender("s@x");
    CHECK(mime::envelope_of(mail).reverse_path == "s@x");
}

TEST_CASE("without a sender or a recipient there is no envelope") {
    mime::message mail;
    mail.to("a@b");
    CHECK(thrown([&] { mime::envelope_of(mail); }) == mime::errc::missing_sender);
    mail.from("c@d").del("To").to("Nobody: ;");
    CHECK(thrown([&] { mime::envelope_of(mail); }) == mime::errc::no_recipient);
}
