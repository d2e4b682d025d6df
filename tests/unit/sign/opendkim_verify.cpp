// What OpenDKIM's library makes of the message on stdin: a line for each signature, "SELECTOR pass" or "SELECTOR fail".
//
//     opendkim_verify KEYS         a file of lines "NAME RECORD", which the library reads instead of asking DNS
#include <sys/types.h>

#include <iostream>
#include <iterator>
#include <string>

#define _Bool bool  // the header is C's
#include <opendkim/dkim.h>
#undef _Bool

namespace {

auto* octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

int tell(DKIM* message) {
    DKIM_SIGINFO** signatures = nullptr;
    int count = 0;
    if (dkim_getsiglist(message, &signatures, &count) != DKIM_STAT_OK) return 1;
    for (int i = 0; i < count; ++i) {
        dkim_sig_process(message, signatures[i]);
        unsigned const flags = dkim_sig_getflags(signatures[i]);
        bool const passed = (flags & DKIM_SIGFLAG_PASSED) != 0 && dkim_sig_getbh(signatures[i]) == DKIM_SIGBH_MATCH;
        std::cout << dkim_sig_getselector(signatures[i]) << (passed ? " pass" : " fail") << '\n';
    }
    return 0;
}

}  // namespace

int main(int, char** argv) {
    std::string message{std::istreambuf_iterator<char>(std::cin), {}};
    std::string keys = argv[1];
    DKIM_LIB* const library = dkim_init(nullptr, nullptr);
    dkim_query_t from_file = DKIM_QUERY_FILE;
    dkim_options(library, DKIM_OP_SETOPT, DKIM_OPTS_QUERYMETHOD, &from_file, sizeof from_file);
    dkim_options(library, DKIM_OP_SETOPT, DKIM_OPTS_QUERYINFO, keys.data(), keys.size());

    DKIM_STAT status = DKIM_STAT_OK;
    std::string id = "1";
    DKIM* const check = dkim_verify(library, octets(id), nullptr, &status);
    dkim_chunk(check, octets(message), message.size());
    dkim_chunk(check, nullptr, 0);
    bool again = false;
    dkim_eom(check, &again);
    int const failed = tell(check);
    dkim_free(check);
    dkim_close(library);
    return failed;
}
