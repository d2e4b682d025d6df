// Checks the signatures of the message on stdin, one line for each on stdout: selector, outcome, reason.
//
//     verify_message RECORDS       a file of lines "NAME RECORD"
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <postrider/dkim.hpp>

using namespace postrider;

int main(int, char** argv) {
    std::multimap<std::string, std::string> records;
    std::ifstream file(argv[1]);
    for (std::string line; std::getline(file, line);) {
        std::size_t const blank = line.find(' ');
        records.emplace(line.substr(0, blank), line.substr(blank + 1));
    }
    auto const lookup = [&](std::string const& name) -> result<std::vector<std::string>> {
        std::vector<std::string> found;
        auto const [begin, end] = records.equal_range(name);
        for (auto at = begin; at != end; ++at) found.push_back(at->second);
        return found;
    };
    std::string const octets{std::istreambuf_iterator<char>(std::cin), {}};
    for (auto const& one : dkim::verify(octets, lookup).verdicts)
        std::cout << one.signature.selector << ' ' << to_string(one.outcome) << ' ' << one.reason.message() << '\n';
    return std::cout.flush() ? 0 : 1;
}
