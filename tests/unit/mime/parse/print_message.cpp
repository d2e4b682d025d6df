#include <boost/json/serialize.hpp>
#include <cstdio>
#include <postrider/core/host.hpp>
#include <postrider/mime/json.hpp>

// print_message FILE...
// For each message a line of JSON: its parts with their ranges, depth first, and what to_json says of it. The tests
// that compare us with golden files and with Python run it.

namespace json = boost::json;
using namespace postrider;

namespace {

std::string range(mime::octet_range octets) {
    return std::to_string(octets.begin) + '-' + std::to_string(octets.end);
}

json::object print(std::string const& octets) {
    mime::parsed_message const message = mime::parse(octets);
    json::array parts;
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        mime::parsed_part const part = message.part(i);
        parts.push_back(json::object{{"content_type", part.content_type()},
                                     {"depth", part.depth()},
                                     {"header", range(part.header_range())},
                                     {"body", range(part.body_range())}});
    }
    return {{"parts", std::move(parts)}, {"message", mime::to_json(message)}};
}

}  // namespace

int main(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        auto const file = system_host().open(arguments[i]);
        if (!file) return std::perror(arguments[i]), 1;
        auto const octets = read_all(**file, 1 << 30);
        if (!octets) return std::perror(arguments[i]), 1;
        std::puts(json::serialize(print(*octets)).c_str());
    }
}
