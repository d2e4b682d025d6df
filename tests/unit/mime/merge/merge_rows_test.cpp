#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/merge_rows.hpp>
#include <sstream>

#include "merge_support.hpp"

namespace {

/// The octets in pieces of that size.
mime::read_octets in_pieces(std::string octets, std::size_t size) {
    return [octets = std::move(octets), size, at = std::size_t{0}]() mutable -> result<std::string_view> {
        auto const piece = std::string_view(octets).substr(at, size);
        at += piece.size();
        return piece;
    };
}

using reader = result<mime::merge_rows_ptr, mime::merge_failure> (*)(mime::read_octets);

result<mime::merge_rows_ptr, mime::merge_failure> json(mime::read_octets more) {
    return mime::read_json(std::move(more));
}

/// "columns; row; row", values between bars, with the line and the defect where there is one.
std::string told(reader read, std::string const& octets, std::size_t size) {
    auto rows = read(in_pieces(octets, size));
    if (!rows) return "failed: " + rows.error().what;
    std::string all;
    for (auto const& name : (*rows)->columns()) all += (all.empty() ? "" : "|") + name;
    mime::merge_row row;
    for (;;) {
        auto const any = (*rows)->next(row);
        if (!any) return all + "; failed: " + any.error().what;
        if (!*any) return all;
        all += "; " + std::to_string(row.line) + ":";
        for (std::size_t i = 0; i < row.values.size(); ++i) all += (i ? "|" : "") + std::string(row.values[i]);
        if (!row.defect.empty()) all += " (" + row.defect + ")";
    }
}

/// The same whatever the pieces are.
std::string read(reader how, std::string const& octets) {
    auto const whole = told(how, octets, octets.size() + 1);
    for (std::size_t size : {1, 2, 3, 7}) CHECK(told(how, octets, size) == whole);
    return whole;
}

std::string csv(std::string const& octets) {
    return read(mime::read_csv, octets);
}
std::string json_lines(std::string const& octets) {
    return read(json, octets);
}

}  // namespace

TEST_CASE("CSV: records, quotes and line ends of RFC 4180") {
    CHECK(csv("a,b\r\n1,2\r\n3,4\r\n") == "a|b; 2:1|2; 3:3|4");
    CHECK(csv("a,b\n1,2\n3,4") == "a|b; 2:1|2; 3:3|4");
    CHECK(csv("a,b\r1,2\r") == "a|b; 2:1|2");
    CHECK(csv("a,b\n\"x,\"\"y\"\"\",\"1\r\n2\n3\"\nz,\n") == "a|b; 2:x,\"y\"|1\r\n2\n3; 5:z|");
    CHECK(csv("a\n\"\"\n\n\nx\n") == "a; 2:; 5:x");
    CHECK(csv("\xEF\xBB\xBF\"a\",b\n1,2\n") == "a|b; 2:1|2");
    CHECK(csv("\xEF\xBB\xBF"
              "a, b \n1, 2 \n") == "a|b; 2:1| 2 ");
    CHECK(csv("a,b\n,\n") == "a|b; 2:|");
    CHECK(csv("a,b") == "a|b");
    CHECK(csv("名,码\n张伟,1\n") == "名|码; 2:张伟|1");
}

TEST_CASE("CSV: a row that does not fit is told with its line, and the next is read") {
    CHECK(csv("a,b\n1\n2,3\n") == "a|b; 2:1 (the row has 1 fields, the header line 2); 3:2|3");
    CHECK(csv("a\n1,2\n3\n") == "a; 2:1|2 (the row has 2 fields, the header line 1); 3:3");
    CHECK(csv("a\nx\"y\nz\n") == "a; 2:x\"y (line 2, column 2: a quote in a field that does not begin with one); 3:z");
    CHECK(csv("a\n\"x\"y\nz\n") == "a; 2:xy (line 2, column 4: something behind a field's closing quote); 3:z");
}

TEST_CASE("CSV: what cannot be read is told with line and column") {
    CHECK(csv("") == "failed: there is no header line: the data is empty");
    CHECK(csv("\n\n") == "failed: there is no header line: the data is empty");
    CHECK(csv("a,b\nx,\"y\n\n") == "a|b; failed: line 2, column 3: a quote that never ends");
    CHECK(csv("a,b,a\n") == "failed: two columns have the name \"a\"");
    CHECK(csv("\xFF\xFE"
              "a\n") == "failed: the data is UTF-16; it has to be UTF-8");
    CHECK(told(mime::read_csv, "a\n\"" + std::string(limits::merge_row_octets + 1, 'x'), 4096)
              .find("longer than limits::merge_row_octets") != std::string::npos);
    CHECK(told(mime::read_csv, std::string(limits::merge_columns + 1, ','), 4096)
              .find("more fields than limits::merge_columns") != std::string::npos);
    auto failing =
        mime::read_csv([]() -> result<std::string_view> { return make_error_code(errc::source_unreadable); });
    CHECK(failing.error().what.find("reading the data failed") != std::string::npos);
}

TEST_CASE("JSON: an array of objects and objects in lines give the same rows") {
    CHECK(json_lines(R"([{"a":"1","b":"2"},{"b":"4","a":"3"}])") == "a|b; 1:1|2; 1:3|4");
    CHECK(json_lines("{\"a\":\"1\",\"b\":\"2\"}\n{\"b\":\"4\",\"a\":\"3\"}\n") == "a|b; 1:1|2; 2:3|4");
    CHECK(json_lines("{\"a\":\"1\"}{\"a\":\"2\"} {\"a\":\"3\"}") == "a; 1:1; 1:2; 1:3");
    CHECK(json_lines("\xEF\xBB\xBF[\n  {\n    \"a\": \"x\\ny \\u5f20\"\n  }\n]\n") == "a; 2:x\ny 张");
    CHECK(json_lines(R"({"a":-1.50e3,"b":12345678901234567890,"c":true,"d":null,"e":0})") ==
          "a|b|c|d|e; 1:-1.50e3|12345678901234567890|true||0");
    CHECK(json_lines("{\"a\":\"1\",\"b\":\"2\"}\n{\"a\":\"3\",\"c\":\"4\"}\n{}") == "a|b; 1:1|2; 2:3|; 3:|");
    CHECK(json_lines(R"({"a":"1"}{"other":{"a":"9","x":[1,{"a":8}]},"a":"2"})") == "a; 1:1; 1:2");
    CHECK(json_lines("[]") == "");
    CHECK(json_lines(" \n ") == "");
}

TEST_CASE("JSON: an array or object for a value is the row's defect") {
    CHECK(json_lines("{\"a\":\"1\"}\n{\"a\":[\"2\",{\"a\":3}]}\n{\"a\":\"4\"}") ==
          "a; 1:1; 2: (an array or object stands for \"a\"); 3:4");
}

TEST_CASE("JSON: what cannot be read is told with line and column") {
    CHECK(json_lines("{\"a\":\"1\"}\n{\"a\" \"2\"}").starts_with("a; 1:1; failed: line 2, column "));
    CHECK(json_lines("[{\"a\":\"1\"}").starts_with("a; 1:1; failed: line 1, column "));
    CHECK(json_lines("[[{\"a\":1}]]").find("an array stands where an object should") != std::string::npos);
    CHECK(json_lines("[1]").find("a bare value stands where an object should") != std::string::npos);
    CHECK(json_lines("\"x\"").find("a bare value stands where an object should") != std::string::npos);
    CHECK(json_lines("{\"a\":\"\xFF\"}").starts_with("failed: line 1"));
    CHECK(told(json, "{\"a\":\"" + std::string(limits::merge_row_octets + 1, 'x') + "\"}", 4096).find("failed") !=
          std::string::npos);
    CHECK(json_lines(std::string(100'000, '[')).find("failed") != std::string::npos);
}

TEST_CASE("JSON: columns that a hole can do without are there when the first object lacks them") {
    auto rows = mime::read_json(in_pieces("{\"a\":\"1\"}{\"b\":\"2\",\"a\":\"3\"}", 5), {"b", "a"}).value();
    CHECK(rows->columns() == std::vector<std::string>{"a", "b"});
    mime::merge_row row;
    REQUIRE(rows->next(row).value());
    CHECK(row.values == std::vector<std::string_view>{"1", ""});
    REQUIRE(rows->next(row).value());
    CHECK(row.values == std::vector<std::string_view>{"3", "2"});
    CHECK(row.number == 2);
}

TEST_CASE("hazard 129: a million rows are read while they are used") {
    std::uint64_t left = 1'000'000;
    std::string piece;
    auto const more = [&]() -> result<std::string_view> {
        piece = left == 1'000'000 ? "name,email,code\n" : "";
        for (int i = 0; i < 1000 && left > 0; ++i, --left)
            piece += "Ann,ann" + std::to_string(left) + "@example.net,\"X-" + std::to_string(left) + "\"\n";
        return std::string_view(piece);
    };
    auto rows = mime::read_csv(more).value();
    auto const plan = plan_of(letter());
    mime::merge_row row;
    std::uint64_t octets = 0;
    while (rows->next(row).value()) octets += plan.render(row).value().size();
    CHECK(row.number == 1'000'000);
    CHECK(octets > 300'000'000);
}
