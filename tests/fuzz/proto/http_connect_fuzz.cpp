#include "proxy_fuzzing.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace postrider;
    std::string_view const said(reinterpret_cast<char const*>(data), size);
    bool const with_login = size % 2 == 1;
    auto const engine =
        proxy::make_http_connect({"mx.example", 25, with_login ? "user" : "", with_login ? "secret" : ""});
    fuzzing::drive(*engine, said);
    return 0;
}
