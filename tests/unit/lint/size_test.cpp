#include "examined.hpp"

using namespace lint_test;

namespace {

std::string attachment(std::string_view name, std::string_view type = "application/octet-stream") {
    return plain("Content-Type: multipart/mixed; boundary=b\n",
                 "--b\n\na\n--b\nContent-Type: " + std::string(type) + "\nContent-Disposition: attachment" +
                     (name.empty() ? std::string() : "; filename=\"" + std::string(name) + "\"") + "\n\nabc\n--b--\n");
}

}  // namespace

TEST_CASE("Gmail shows the first 102 KB of HTML") {
    finds("html-clipping", html(std::string(102 * 1024 + 1, 'x')), html(std::string(102 * 1024 - 10, 'x')));
}

TEST_CASE("a message is small enough for everybody") {
    std::string const line(76, 'x');
    std::string text;
    while (text.size() < 25'000'000) text += line + "\n";
    finds("message-size", plain({}, text), plain());
}

TEST_CASE("attachments have a name, of a type that is let in and not hidden") {
    auto const fine = attachment("report.pdf");
    for (auto const* bad : {"a.exe", "a.EXE", "a.js", "a.scr", "a.iso ", "archive.jar"})
        finds("attachment-type", attachment(bad), fine);
    finds("attachment-two-extensions", attachment("invoice.pdf.exe"), fine);
    finds("attachment-two-extensions", attachment("gpj.\u202Eexe"), fine);
    CHECK(level_of(examined(attachment("a.tar.gz")), "attachment-two-extensions") == "pass");
    finds("attachment-name", attachment(""), fine);
}
