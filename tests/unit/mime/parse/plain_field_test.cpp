#include <doctest/doctest.h>

#include <postrider/mime/content_type.hpp>
#include <random>
#include <string>
#include <vector>

using namespace postrider::mime;

namespace {

/// An empty comment in front says nothing, and takes a field off the fast path for those that are plainly written.
std::string off_the_fast_path(std::string const& field) {
    return "()" + field;
}

void check_same(std::string const& field) {
    CAPTURE(field);
    for (auto parse : {parse_content_type, parse_content_disposition}) {
        structured_field const fast = parse(field, "iso-8859-1");
        structured_field const slow = parse(off_the_fast_path(field), "iso-8859-1");
        CHECK(fast.value == slow.value);
        CHECK(fast.parameters == slow.parameters);
        CHECK(fast.defects == slow.defects);
    }
}

}  // namespace

TEST_CASE("a plainly written field says the same on the fast path as on the long one") {
    for (std::string const field :
         {"text/plain", " text/plain", "TEXT/Plain ; Charset=US-ASCII", "text/plain; charset=\"utf-8\"",
          "multipart/mixed;\r\n\tboundary=\"----=_Part (1) 'x' ;b\"", "multipart/mixed;\n boundary=b;;\r\n ;",
          "a/b;c=d;", "inline", "attachment; filename=report.pdf; size=12", "attachment; filename=\"a\tb\"",
          "a/b; c=\"\"", "a/b; c="})
        check_same(field);
}

TEST_CASE("what is not plainly written is left to the long path") {
    for (std::string const field : {"",
                                    ";",
                                    "text",
                                    "text/plain x",
                                    "text/ plain",
                                    "text/\r\n plain",
                                    "a/b; c",
                                    "a/b; =d",
                                    "a/b; c =d",
                                    "a/b; c= d",
                                    "a/b; c=d e",
                                    "a/b; c=\"d\" e",
                                    "a/b; c=\"d",
                                    "a/b; c=\"d\\\"e\"",
                                    "a/b; c=d; C=e",
                                    "a/b; c*=utf-8''d",
                                    "a/b; c*0=d; c*1=e",
                                    "a/b; c=\"=?utf-8?q?d?=\"",
                                    "a/b; c=d (e)",
                                    "a/b (e); c=d",
                                    "a/b; c=\xe9",
                                    "a/b; c=\"\x01\"",
                                    "a/b; c=\"d\r\n e\"",
                                    "a/b; c=d\rx",
                                    "a/b\r; c=d",
                                    "a/b; c=x=y"})
        check_same(field);
}

TEST_CASE("many parameters are read alike on both paths") {
    std::string field = "a/b";
    for (int i = 0; i < 40; ++i) {
        field += "; p" + std::to_string(i) + "=v";
        check_same(field);
    }
}

TEST_CASE("random fields are read alike on both paths") {
    std::vector<std::string> const pieces = {"a",   "b/c",   "text/plain", ";",        "=",    "\"",   " ",
                                             "\t",  "\r\n ", "\n",         "()",       "(x)",  "\\",   "*",
                                             "*0*", "''",    "%41",        "?",        "=?",   "\xe9", "\r",
                                             "n=v", "; n=v", "; m=\"w\"",  "boundary", "\x7f", ",",    "/"};
    std::mt19937 dice(42);
    for (int round = 0; round < 20'000; ++round) {
        std::string field = dice() % 2 ? "a/b" : "";
        for (unsigned i = dice() % 8; i > 0; --i) field += pieces[dice() % pieces.size()];
        check_same(field);
    }
}
