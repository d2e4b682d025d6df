#include "examined.hpp"

using namespace lint_test;

namespace {

std::string const signature =
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s; h=From:To:Subject:Date; "
    "bh=dP9xRVqwqmeK4n5FQWfjkd4qfDwxNHK+ro6oyaqGbSE=; b=YQ==\n";

std::string changed(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

lint::envelope sent_from(std::string reverse_path) {
    return {std::move(reverse_path), {"bob@example.net"}, false};
}

}  // namespace

TEST_CASE("a signature is there, well-formed, and covers what people see") {
    finds("dkim-present", plain(), plain(signature));
    finds("dkim-well-formed", plain(changed(signature, "rsa-sha256", "rsa-sha9")), plain(signature));
    finds("dkim-signed-fields", plain(changed(signature, ":Subject", "")), plain(signature));
    CHECK(examined(plain(changed(signature, ":Subject:Date", "")))
              .find("dkim-signed-fields")
              ->detail()
              .find("Subject, Date") != std::string::npos);
    finds("dkim-body-length", plain(changed(signature, "bh=", "l=5; bh=")), plain(signature));
}

TEST_CASE("a signature is verified where keys may be looked up, and only there") {
    CHECK(level_of(examined(plain(signature)), "dkim-verified").empty());
    lint::outside calls;
    std::vector<std::string> asked;
    calls.texts = [&](std::string const& name) -> result<std::vector<std::string>> {
        asked.push_back(name);
        return std::vector<std::string>{"v=DKIM1; k=rsa; p="};
    };
    auto const revoked = examined(plain(signature), {}, calls);
    CHECK(level_of(revoked, "dkim-verified") == "error");
    CHECK(asked.front() == "s._domainkey.example.com");
    calls.texts = [](std::string const&) -> result<std::vector<std::string>> {
        return make_error_code(std::errc::host_unreachable);
    };
    CHECK(level_of(examined(plain(signature), {}, calls), "dkim-verified") == "notice");
}

TEST_CASE("From names one author, or Sender says who of them sent") {
    finds("from-present", with("From", ""), plain());
    finds("from-present", with("From", "From: nobody\n"), plain());
    auto const two = with("From", "From: a@example.com, b@example.com\n");
    finds("from-single", two, plain());
    finds("sender-present", two, plain());
    CHECK(level_of(examined(with("From", "From: a@example.com, b@example.com\nSender: a@example.com\n")),
                   "sender-present") == "pass");
    finds("sender-aligned", plain("Sender: x@other.example\n"), plain("Sender: x@mail.example.com\n"));
}

TEST_CASE("the signing domain and the reverse-path are the author's") {
    finds("align-dkim-relaxed", plain(changed(signature, "d=example.com", "d=other.example")), plain(signature));
    finds("align-dkim-strict", plain(changed(signature, "d=example.com", "d=mail.example.com")), plain(signature));
    finds("align-envelope-relaxed", examined(plain(), sent_from("x@other.example")),
          examined(plain(), sent_from("x@example.com")));
    finds("align-envelope-strict", examined(plain(), sent_from("x@bounce.example.com")),
          examined(plain(), sent_from("x@EXAMPLE.com")));
    CHECK(level_of(examined(plain()), "align-envelope-relaxed").empty());
}

TEST_CASE("a null reverse-path is for notifications") {
    finds("reverse-path-null", examined(plain(), sent_from("")),
          examined(plain("Auto-Submitted: auto-replied\n"), sent_from("")));
    CHECK(level_of(examined(plain(), sent_from("x@example.com")), "reverse-path-null").empty());
}

TEST_CASE("the author's domain has a DMARC policy, its own or its organisation's") {
    lint::outside calls;
    std::vector<std::string> records;
    calls.texts = [&](std::string const& name) -> result<std::vector<std::string>> {
        return name == "_dmarc.example.com" ? records : std::vector<std::string>();
    };
    auto const below = with("From", "From: ann@news.example.com\n");
    auto const without = examined(below, {}, calls);
    records = {"v=DMARC1; p=none"};
    finds("dmarc-policy", without, examined(below, {}, calls));
}

TEST_CASE("the organisation of a domain is what somebody registered") {
    CHECK(lint::organisational_domain("a.b.example.com") == "example.com");
    CHECK(lint::organisational_domain("EXAMPLE.com") == "example.com");
    CHECK(lint::organisational_domain("mail.example.co.uk") == "example.co.uk");
    CHECK(lint::organisational_domain("mail.example.com.cn") == "example.com.cn");
    CHECK(lint::organisational_domain("a.example.de") == "example.de");
    CHECK(lint::organisational_domain("co.uk") == "co.uk");
    CHECK(lint::organisational_domain("localhost") == "localhost");
    CHECK(lint::organisational_domain("") == "");
    CHECK(lint::organisational_domain(".") == ".");
    CHECK(lint::organisational_domain("..") == "..");
    CHECK(lint::organisational_domain("[192.0.2.1]") == "[192.0.2.1]");
}
