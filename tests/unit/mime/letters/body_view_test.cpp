#include <postrider/mime/body_view.hpp>
#include <postrider/mime/parse.hpp>

#include "support.hpp"

using namespace postrider;

namespace {

/// Parts written as a tree: "mixed(plain:A related(html:B jpeg:C@))". A part's letter is its body; behind it "@" makes it
/// an attachment, "-" inline, "=" gives it a name, "#" a Content-ID.
class written_message {
public:
    explicit written_message(std::string_view tree) : rest_(tree) {
        auto octets = entity();
        octets_ = "From: a@example.com\r\n" + octets;
    }
    std::string const& octets() const { return octets_; }

private:
    static std::string type_of(std::string_view name) {
        if (name == "plain" || name == "html" || name == "calendar") return "text/" + std::string(name);
        if (name == "jpeg") return "image/jpeg";
        if (name == "excel") return "application/x-excel";
        return "message/rfc822";
    }

    std::string entity() {
        auto const end = rest_.find_first_of("(:");
        auto const name = rest_.substr(0, end);
        bool const leaf = rest_[end] == ':';
        rest_.remove_prefix(end + 1);
        return leaf ? leaf_of(name) : multipart_of(name);
    }

    std::string leaf_of(std::string_view name) {
        auto header = "Content-Type: " + type_of(name) + "\r\n";
        char const letter = rest_.front();
        for (rest_.remove_prefix(1); !rest_.empty() && std::string_view("@-=#").find(rest_.front()) != rest_.npos;
             rest_.remove_prefix(1))
            header += rest_.front() == '@'   ? "Content-Disposition: attachment\r\n"
                      : rest_.front() == '-' ? "Content-Disposition: inline\r\n"
                      : rest_.front() == '=' ? "Content-Disposition: inline; filename=x\r\n"
                                             : "Content-ID: <x>\r\n";
        return header + "\r\n" + letter;
    }

    std::string multipart_of(std::string_view name) {
        auto const boundary = "b" + std::to_string(++boundaries_) + "x";
        auto all = "Content-Type: multipart/" + std::string(name) + "; boundary=" + boundary + "\r\n\r\n";
        while (rest_.front() != ')') {
            all += "--" + boundary + "\r\n" + entity() + "\r\n";
            if (rest_.front() == ' ') rest_.remove_prefix(1);
        }
        rest_.remove_prefix(1);
        return all + "--" + boundary + "--\r\n";
    }

    std::string_view rest_;
    int boundaries_ = 0;
    std::string octets_;
};

std::string letters(std::vector<mime::parsed_part> const& parts) {
    std::string all;
    for (auto const& part : parts) all += part.body().substr(0, 1);
    return all;
}

/// "text html attachments", then "+" if the message has an attachment.
std::string sorted(std::string_view tree) {
    written_message const written(tree);
    auto const message = mime::parse(written.octets());
    auto const view = mime::view_body(message);
    return letters(view.text_body) + ' ' + letters(view.html_body) + ' ' + letters(view.attachments) +
           (view.has_attachment() ? "+" : "");
}

std::string preview(std::string const& octets) {
    return mime::view_body(mime::parse(octets)).preview();
}

}  // namespace

TEST_CASE("RFC 8621 §4.1.4: the example") {
    CHECK(sorted("mixed(plain:A- mixed(alternative(mixed(plain:B- jpeg:C- plain:D-) related(html:E jpeg:F)) jpeg:G@ "
                 "excel:H eml:J) plain:K-)") == "ABCDK AEK CFGHJ+");
}

TEST_CASE("one text is both bodies") {
    CHECK(sorted("plain:A") == "A A ");
    CHECK(sorted("html:A") == "A A ");
    CHECK(sorted("plain:A@") == "  A+");
    CHECK(sorted("excel:A") == "  A+");
    CHECK(sorted("jpeg:A") == "A A ");
    CHECK(sorted("eml:A") == "  A+");
}

TEST_CASE("alternatives go to the body of their kind, and to both where there is one kind alone") {
    CHECK(sorted("alternative(plain:A html:B)") == "A B ");
    CHECK(sorted("alternative(plain:A)") == "A A ");
    CHECK(sorted("alternative(html:B)") == "B B ");
    CHECK(sorted("alternative(plain:A html:B calendar:C)") == "A B C+");
    CHECK(sorted("mixed(alternative(plain:A html:B) excel:C)") == "A B C+");
    CHECK(sorted("alternative(plain:A related(html:B jpeg:C#))") == "A B C");
    CHECK(sorted("alternative(plain:A related(html:B jpeg:C))") == "A B C+");
}

TEST_CASE("a picture that the HTML shows is no attachment worth a paper clip") {
    CHECK(sorted("related(html:A jpeg:B#)") == "A A B");
    CHECK(sorted("related(html:A jpeg:B-)") == "A A B");
    CHECK(sorted("mixed(related(html:A jpeg:B#) excel:C@)") == "A A BC+");
}

TEST_CASE("a text with a name is a file, unless it comes first") {
    CHECK(sorted("mixed(plain:A plain:B=)") == "A A B");
    CHECK(sorted("mixed(plain:A= plain:B)") == "AB AB ");
    CHECK(sorted("mixed(plain:A plain:B@)") == "A A B+");
}

TEST_CASE("the bodies that Python's get_body finds are the ones shown") {
    // test_email's test_message.py: the shapes of its get_body cases, and what it prefers of each.
    CHECK(sorted("mixed(plain:A html:B)") == "AB AB ");
    CHECK(sorted("mixed(html:A plain:B)") == "AB AB ");
    CHECK(sorted("mixed(plain:A@ html:B@)") == "  AB+");
    CHECK(sorted("mixed(alternative(plain:A html:B) jpeg:C@)") == "A B C+");
    CHECK(sorted("alternative(plain:A related(html:B jpeg:C-))") == "A B C");
    CHECK(sorted("related(alternative(plain:A html:B) jpeg:C)") == "A B C+");
    CHECK(sorted("related(alternative(plain:A html:B) excel:C#)") == "A B C");
    CHECK(sorted("mixed(related(alternative(plain:A html:B) jpeg:C#) jpeg:D@)") == "A B CD+");
}

TEST_CASE("a multipart that could not be taken apart is an attachment") {
    CHECK(mime::view_body(mime::parse("Content-Type: multipart/mixed\r\n\r\ntext\r\n")).attachments.size() == 1);
    auto const view = mime::view_body(mime::parse(""));
    CHECK(view.text_body.size() == 1);
    CHECK(view.attachments.empty());
}

TEST_CASE("a multipart in a multipart, a hundred deep, is sorted without recursion") {
    auto const octets = written_message(repeated("mixed(", 120) + "plain:A" + repeated(")", 120)).octets();
    auto const message = mime::parse(octets);
    auto const view = mime::view_body(message);
    CHECK(view.text_body.size() + view.attachments.size() == 1);
}

TEST_CASE("the preview is the beginning of the text, in one line") {
    CHECK(preview("Subject: x\n\n  Hello,\n\n\tworld\xc2\xa0 ! \n") == "Hello, world !");
    CHECK(preview("Content-Type: text/html\n\n<style>p{}</style><p>Hello <a href=u:x>world</a></p><p>more") ==
          "Hello world more");
    auto const chinese = "Content-Type: text/plain; charset=utf-8\n\n" + repeated("测试", 1000);
    CHECK(preview(chinese) == repeated("测试", 128));
    CHECK(preview("Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\nsuLK1A==\n") ==
          "测试");
    CHECK(preview("Content-Type: image/png\n\nxxx") == "");
    CHECK(preview("") == "");
}

TEST_CASE("the preview goes on with the next part, and never beyond its length") {
    auto const octets = written_message("mixed(plain:A jpeg:B plain:C)").octets();
    auto const message = mime::parse(octets);
    auto const view = mime::view_body(message);
    CHECK(view.preview() == "A C");
    CHECK(view.preview(1) == "A");
    CHECK(view.preview(2) == "A");
    CHECK(view.preview(0) == "");
}
