#include <cstdlib>
#include <postrider/mime/error.hpp>
#include <postrider/mime/merge.hpp>
#include <postrider/mime/parse.hpp>
#include <string>
#include <vector>

/// Whatever a template says and whatever a row holds: making the plan throws mime::error or nothing, a row fails or
/// keeps its place. Its message has the fields and the parts that every row's has, and no line is too long.
namespace {

using namespace postrider;

void check(bool holds) {
    if (!holds) std::abort();
}

/// Takes up to the next 0xFF, which no UTF-8 holds.
std::string next(std::string_view& rest) {
    auto end = rest.find('\xff');
    std::string piece(rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return piece;
}

mime::message make_template(std::string_view& rest) {
    mime::message mail;
    mail.from("a@example.com").subject(next(rest));
    mail.set_field({"To", mime::merge_addresses(next(rest))});
    mail.header("X-Text", next(rest)).header("List-Help", next(rest));
    mail.text(next(rest)).html(next(rest));
    mail.attach_data(next(rest), "x");
    return mail;
}

/// Names of fields and types of parts, which no value may change.
std::vector<std::string> shape_of(std::string_view octets) {
    std::vector<std::string> shape;
    auto const parsed = mime::parse(octets);
    for (std::size_t i = 0; i < parsed.part_count(); ++i) {
        for (auto const& one : parsed.part(i).fields()) shape.emplace_back(one.name);
        shape.push_back(parsed.part(i).content_type());
    }
    return shape;
}

void check_lines(std::string_view octets) {
    while (!octets.empty()) {
        auto const end = octets.find("\r\n");
        check(end != octets.npos && end <= 998);
        check(octets.substr(0, end).find_first_of(std::string_view("\r\n\0", 3)) == octets.npos);
        octets.remove_prefix(end + 2);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
    std::string_view rest(data, size);
    try {
        auto const mail = make_template(rest);
        mime::merge_plan const plan(mail, {"a", "b"});
        auto const a = next(rest), b = next(rest);
        auto const octets = plan.preview({1, {a, b}});
        auto const harmless = plan.preview({2, {"x", "y@z.example"}});
        if (!octets) return 0;
        check_lines(*octets);
        check(plan.render({1, {a, b}}).value().size() == octets->size());
        check(plan.preview({1, {a, b}}).value() == *octets);
        if (harmless) check(shape_of(*octets) == shape_of(*harmless));
    } catch (mime::error const&) {
    }
    return 0;
}
