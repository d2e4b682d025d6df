#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <postrider/mime/json.hpp>
#include <string>

// print_message < MESSAGES
// Messages one behind the other, each below a line that holds its size. For each a line of JSON: its parts with their
// ranges, depth first, and what to_json says of it. The tests that compare us with golden files and with Python run it.

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

bool read_message(std::string& octets) {
    std::size_t size = 0;
    if (std::scanf("%zu", &size) != 1 || std::getchar() != '\n') return false;
    octets.resize(size);
    return std::fread(octets.data(), 1, size, stdin) == size;
}

}  // namespace

int main() {
    std::string octets;
    while (read_message(octets)) std::puts(json::serialize(print(octets)).c_str());
}
