#include "examined.hpp"

using namespace lint_test;

namespace {

std::string const list = "List-Id: News <news.example.com>\n";
std::string const unsubscribe = "List-Unsubscribe: <https://example.com/u>\n";
std::string const post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n";
std::string const feedback = "Feedback-ID: a:b:c:sender\n";

std::string signed_by(std::string_view domain, std::string_view more = {}) {
    return "DKIM-Signature: v=1; a=rsa-sha256; d=" + std::string(domain) + "; s=s; h=From" + std::string(more) +
           "; bh=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=; b=YQ==\n";
}

}  // namespace

TEST_CASE("bulk mail lets people unsubscribe with one click") {
    finds("bulk-unsubscribe", plain(list), plain(list + unsubscribe));
    finds("bulk-unsubscribe-form", plain("List-Unsubscribe: https://example.com/u\n"), plain(unsubscribe));
    finds("bulk-unsubscribe-https", plain("List-Unsubscribe: <mailto:u@example.com>\n"), plain(unsubscribe));
    finds("bulk-one-click", plain(unsubscribe), plain(unsubscribe + post));
    finds("bulk-one-click-signed", plain(unsubscribe + post + signed_by("example.com")),
          plain(unsubscribe + post + signed_by("example.com", ":List-Unsubscribe:List-Unsubscribe-Post")));
}

TEST_CASE("bulk mail says what it is and who answers for it") {
    finds("bulk-list-id", plain(unsubscribe), plain(list));
    finds("bulk-precedence", plain(unsubscribe), plain(unsubscribe + "Precedence: bulk\n"));
    finds("bulk-feedback-id", plain(list + "Feedback-ID: abc\n"), plain(list + feedback));
    finds("bulk-authenticated", plain(list + signed_by("other.example")), plain(list + signed_by("mail.example.com")));
}

TEST_CASE("a personal message is not asked for what bulk mail needs") {
    for (auto const* id :
         {"bulk-unsubscribe", "bulk-list-id", "bulk-precedence", "bulk-feedback-id", "bulk-authenticated"})
        CHECK(level_of(examined(plain()), id).empty());
    CHECK(level_of(examined(plain("Precedence: bulk\n")), "bulk-unsubscribe") == "warning");
}

TEST_CASE("recipients do not see each other in crowds") {
    std::string to = "To: a0@example.net";
    for (int i = 1; i < 21; ++i) to += ",\n a" + std::to_string(i) + "@example.net";
    finds("bulk-recipients", with("To", to + "\n"), plain());
}
