#include "peers.hpp"

namespace merge_bench {

bool const has_gmime = false;
std::size_t with_gmime(material const&, std::vector<person> const&, std::string*) {
    return 0;
}
bool read_back(material const&, person const&, std::string const&) {
    return true;
}

}  // namespace merge_bench
