#include <sys/resource.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <postrider/devserver/catch_all.hpp>
#include <utility>

#include "address.hpp"
#include "commands.hpp"
#include "faults.hpp"
#include "load.hpp"
#include "lookups.hpp"
#include "numbers.hpp"
#include "release.hpp"
#include "server_options.hpp"
#include "terminal/stop_on_signal.hpp"
#include "test.hpp"
#include "webhooks.hpp"

namespace postrider::app {
namespace {

/// What the command line of `catch` says.
struct arguments {
    std::string smtp = "127.0.0.1:1025", http = "127.0.0.1:8025";
    std::string smtps, lmtp, pop3;  // only where they are asked for
    catch_faults faults;
    catch_server_options server;
    std::string login, keep_for;
    std::vector<std::string> inboxes;
    std::string write_certificate_to;
    lookup_options lookups;
    bool json = false;
    std::vector<std::string> load;
    release_arguments release;
    webhook_arguments webhooks;
    test_arguments test;
    devserver::catch_options options;
};

/// An address, or the path of a unix socket.
net::endpoint parse_door(std::string const& text) {
    return text.starts_with('/') ? net::endpoint{{}, 0, text} : parse_address(text);
}

std::pair<std::string, std::string> parse_login(std::string const& text) {
    auto const colon = text.find(':');
    if (colon == text.npos) throw error(exit_code::usage, "--user '" + text + "' is not of the form USER:PASSWORD");
    return {text.substr(0, colon), text.substr(colon + 1)};
}

///     age = 1*DIGIT ( "s" / "m" / "h" / "d" )
std::chrono::seconds parse_age(std::string const& text) {
    constexpr std::string_view units = "smhd";
    constexpr std::array<int, 4> in_seconds{1, 60, 3600, 86400};
    auto const unit = text.empty() ? units.npos : units.find(text.back());
    int number = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (unit == units.npos || ec != std::errc() || end + 1 != text.data() + text.size() || number <= 0)
        throw error(exit_code::usage, "--keep-for '" + text + "' is no age, as 7d, 12h, 30m or 90s");
    return std::chrono::seconds(std::int64_t{number} * in_seconds[unit]);
}

devserver::inbox_rule parse_inbox(std::string const& text) {
    std::string why;
    auto rule = devserver::parse_inbox_rule(text, why);
    if (!rule) throw error(exit_code::usage, "--inbox '" + text + "': " + why);
    return *std::move(rule);
}

devserver::catch_options read(arguments const& given) {
    devserver::catch_options options = given.options;
    options.smtp = parse_address(given.smtp);
    options.http = parse_address(given.http);
    if (!given.smtps.empty()) options.smtps = parse_address(given.smtps);
    if (!given.lmtp.empty()) options.lmtp = parse_door(given.lmtp);
    if (!given.pop3.empty()) options.pop3 = parse_address(given.pop3);
    given.faults.put_into(options);
    options.outside = calls_of(given.lookups);
    options.manners = given.server.read();
    for (auto const& inbox : given.inboxes) options.inboxes.push_back(parse_inbox(inbox));
    if (!given.keep_for.empty()) options.keep_for = parse_age(given.keep_for);
    if (!given.login.empty()) options.login = parse_login(given.login);
    options.release = release_through(given.release);
    options.webhooks = webhooks_to(given.webhooks);
    if (!given.test.within.empty()) parse_time(given.test.within);  // a slip is told before anything begins
    return options;
}

// Each session takes a descriptor, and most systems begin with a thousand though they allow many more.
void allow_many_sessions() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

void write_certificate(devserver::catch_server const& server, std::string const& file) {
    std::ofstream out(file, std::ios::binary);
    if (!(out << server.certificate_pem() << std::flush))
        throw error(exit_code::io_error, "cannot write the certificate to " + file);
}

/// Where to send and where to look. Whoever started us reads this before the first connection.
void tell_addresses(devserver::catch_server const& server, devserver::catch_options const& options, bool json) {
    std::string const smtp = to_string(server.smtp()), http = to_string(server.http());
    if (json) {
        boost::json::object where{{"smtp", smtp}, {"http", http}, {"token", server.token()}};
        if (options.smtps) where["smtps"] = to_string(server.smtps());
        if (options.lmtp) where["lmtp"] = to_string(server.lmtp());
        if (options.pop3) where["pop3"] = to_string(server.pop3());
        std::cout << boost::json::serialize(where) << std::endl;
        return;
    }
    std::cout << "Send mail to   smtp://" << smtp << '\n';
    if (options.smtps) std::cout << "or to          smtps://" << to_string(server.smtps()) << '\n';
    if (options.lmtp) std::cout << "or to          lmtp://" << to_string(server.lmtp()) << '\n';
    if (options.pop3) std::cout << "Read it by     pop3://" << to_string(server.pop3()) << '\n';
    std::cout << "See it at      http://" << http << "/\nas JSON at     http://" << http
              << "/api/v1/messages\nCtrl-C stops." << std::endl;
}

void start(devserver::catch_server& server) {
    std::string why;
    auto const failed = server.start(why);
    if (!failed) return;
    bool const store = failed == std::errc::io_error;
    throw error(store ? exit_code::io_error : exit_code::unavailable, why.empty() ? failed.message() : why,
                store ? "check --store" : "choose other ports with --smtp, --smtps, --lmtp, --pop3 and --http");
}

/// A test says by itself when it is over.
exit_code run_test(arguments const& given, devserver::catch_server& server, std::uint64_t wanted) {
    catch_test test(given.test, server, wanted);
    test.begin();
    server.run();
    return static_cast<exit_code>(test.judge(given.json));
}

exit_code catch_mail(arguments const& given) {
    stop_on_signal on_signal;  // before the server has threads: they inherit what is blocked
    devserver::catch_options options = read(given);
    bool const is_test = given.test.any();
    auto const wanted = is_test ? std::exchange(options.stop_after, 0) : 0;
    devserver::catch_server server(options);
    allow_many_sessions();
    start(server);
    if (!given.write_certificate_to.empty()) write_certificate(server, given.write_certificate_to);
    load(given.load, server);
    // What a command says is not to be mixed with ours, unless a program reads it.
    if (given.json || given.test.command.empty()) tell_addresses(server, options, given.json);
    on_signal.call([&server] { server.stop(); });
    if (is_test) return run_test(given, server, wanted);
    server.run();
    return exit_code::ok;
}

void add_arguments(CLI::App& command, arguments& into) {
    devserver::catch_options& options = into.options;
    command.add_option("--smtp", into.smtp, "Take mail here; port 0 picks a free one")->capture_default_str();
    command.add_option("--http", into.http, "Page and JSON API; port 0 picks a free one")->capture_default_str();
    command.add_option("--smtps", into.smtps, "Take mail here too, under TLS from the first octet")
        ->type_name("HOST:PORT");
    command.add_option("--lmtp", into.lmtp, "Take mail here too, by LMTP; a path is a unix socket")
        ->type_name("HOST:PORT|PATH");
    command
        .add_option("--pop3", into.pop3, "Give it to mail programs here, by POP3: a user's name is an inbox or address")
        ->type_name("HOST:PORT");
    command.add_option("--store", options.store_file, "Keep the messages in this SQLite file, not in memory");
    command.add_flag("--discard", options.discard, "Take messages of any size and keep only their headers");
    command.add_option("--keep", options.keep, "Drop the oldest messages beyond this many; 0 keeps all")
        ->transform(whole_number(0, SIZE_MAX))
        ->capture_default_str();
    command.add_option("--keep-for", into.keep_for, "Drop messages that are older, as 7d, 12h, 30m or 90s");
    command
        .add_option("--inbox", into.inboxes,
                    "NAME or NAME=PATTERN: a view of its own for mail of this login, to this local part or +NAME, or "
                    "to addresses of this pattern; may be repeated")
        ->expected(1)
        ->take_all();
    command.add_option("--token", options.token, "What requests that change something must show; made up without it");
    command.add_option("--for", options.stop_after, "End after this many messages")->transform(whole_number(0));
    into.faults.add_to(command);
    into.server.add_to(command);
    command.add_option("--user", into.login,
                       "USER:PASSWORD: the only login that is right; mail without a login is taken all the same. "
                       "Without this every login is right");
    command.add_option("--certificate-file", into.write_certificate_to,
                       "Write the certificate for TLS here, for a client's --ca-file");
    command.add_option("--tls-certificate", options.certificate_file,
                       "Show this certificate (PEM) instead of one made now");
    command.add_option("--tls-key", options.key_file, "Its key")->needs(command.get_option("--tls-certificate"));
    add_load_option(command, into.load);
    add_lookup_options(command, into.lookups);
    add_webhook_options(command, into.webhooks);
    command.add_flag("--metrics", options.metrics, "Serve numbers for Prometheus at /metrics");
    add_release_options(command, into.release);
    add_test_options(command, into.test);
    command.add_flag(
        "--json", into.json,
        R"(First print {"smtp":"HOST:PORT","http":"HOST:PORT","token":T}, with "smtps", "lmtp" and "pop3" if asked for)");
}

}  // namespace

command add_catch(CLI::App& program, std::shared_ptr<std::vector<std::string>> tested) {
    auto const given = std::make_shared<arguments>();
    CLI::App* const called =
        program.add_subcommand("catch", "Take every mail on a local port and show it on a page: nothing leaves");
    add_arguments(*called, *given);
    auto const run = [given, called, tested] {
        given->test.command = *tested;
        // Several tests run at once: each gets ports of its own.
        bool const is_test = !given->test.command.empty();
        if (is_test && called->count("--smtp") == 0) given->smtp = "127.0.0.1:0";
        if (is_test && called->count("--http") == 0) given->http = "127.0.0.1:0";
        return catch_mail(*given);
    };
    return {called, run, tell_error};
}

}  // namespace postrider::app
