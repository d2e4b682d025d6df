// send_message WAY URL CA_FILE USER PASSWORD FOLDER MECHANISM
//
// Composes the message of program.py with the library and sends it to a real server, blocking or awaiting. Prints what
// became of each recipient; an exception's type goes to standard error, and the exit code is then 3. LIVE_CERTIFICATE in
// the environment is a PEM file with the client's own certificate and key.
#include <cxxabi.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <postrider/async.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>
#include <string>
#include <typeinfo>

using namespace postrider;

namespace {

struct arguments {
    std::string way, url, ca_file, user, password, folder, mechanism;
};

std::string file(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

mime::message compose(std::string const& folder) {
    mime::message mail;
    mail.from("爱丽丝 <alice@example.test>")
        .to("鲍勃 <bob@example.test>, stranger@example.test")
        .bcc("hidden@example.test")
        .subject("C++ 邮件测试：第一封信, with a comma and a \"quote\"");
    mail.text(file(folder + "/text.txt"))
        .html(file(folder + "/page.html"))
        .inline_file("image1", folder + "/图片.png")
        .attach_file(folder + "/报告.pdf")
        .attach_file(folder + "/list.csv");
    return mail;
}

smtp::client_options options_for(arguments const& given) {
    smtp::client_options options;
    options.tls.ca_file = given.ca_file;
    if (char const* const own = std::getenv("LIVE_CERTIFICATE")) options.tls.certificate_file = own;
    if (!given.mechanism.empty()) options.mechanisms = {given.mechanism};
    return options;
}

void print(smtp::report const& report) {
    for (auto const& one : report.accepted()) std::cout << "accepted " << one.address << '\n';
    for (auto const& one : report.refused()) std::cout << "refused " << one.address << ' ' << one.said->code << '\n';
}

void send_blocking(arguments const& given) {
    smtp::client server(given.url, options_for(given));
    server.login(given.user, given.password);
    print(server.send(compose(given.folder)));
    server.quit();
}

boost::asio::awaitable<void> send_awaiting(arguments given) {
    auto executor = co_await boost::asio::this_coro::executor;
    smtp::async_client server(executor, given.url, options_for(given));
    co_await server.async_connect();
    co_await server.async_login(given.user, given.password);
    mime::message mail = compose(given.folder);
    smtp::report report = co_await server.async_send(std::move(mail));
    print(report);
    co_await server.async_quit();
}

void run_awaiting(arguments const& given) {
    boost::asio::io_context context;
    std::exception_ptr thrown;
    boost::asio::co_spawn(context, send_awaiting(given), [&](std::exception_ptr what) { thrown = what; });
    context.run();
    if (thrown) std::rethrow_exception(thrown);
}

std::string type_name(std::exception const& thrown) {
    int status = 0;
    char* name = abi::__cxa_demangle(typeid(thrown).name(), nullptr, nullptr, &status);
    std::string readable = name ? name : typeid(thrown).name();
    std::free(name);
    return readable;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 8) return 64;
    arguments given{argv[1], argv[2], argv[3], argv[4], argv[5], argv[6], argv[7]};
    try {
        given.way == "blocking" ? send_blocking(given) : run_awaiting(given);
    } catch (std::exception const& thrown) {
        std::cerr << type_name(thrown) << ": " << thrown.what() << '\n';
        return 3;
    }
}
