#include "records.hpp"

#include <map>
#include <postrider/core/ascii.hpp>

#include "exit_codes.hpp"
#include "files.hpp"
#include "query.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

using records = std::vector<std::string>;

}  // namespace

dkim::txt_lookup ask_dns(std::string const& server) {
    return [dns = dns_query(server)](std::string const& name) -> result<records> {
        auto answer = dns.texts(name);
        if (!answer) return answer.error();
        return std::move(answer->records);
    };
}

dkim::txt_lookup records_of_file(std::string const& file) {
    std::multimap<std::string, std::string> table;
    for (std::string const& line : read_list(file)) {
        std::size_t const blank = std::min(line.find_first_of(" \t"), line.size());
        table.emplace(ascii::lower(line.substr(0, blank)), trimmed(std::string_view(line).substr(blank)));
    }
    return [table = std::move(table)](std::string const& name) -> result<records> {
        records found;
        auto const [begin, end] = table.equal_range(ascii::lower(name));
        for (auto at = begin; at != end; ++at) found.push_back(at->second);
        return found;
    };
}

}  // namespace postrider::app
