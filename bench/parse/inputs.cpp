#include "inputs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <postrider/codec/base64.hpp>
#include <random>

namespace parse_bench {
namespace {

namespace fs = std::filesystem;

void add_files(std::vector<std::string>& messages, fs::path const& folder, std::string_view extension) {
    if (!fs::exists(folder)) return;
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == extension) files.push_back(entry.path());
    std::ranges::sort(files);
    for (auto const& file : files) {
        std::ifstream in(file, std::ios::binary);
        messages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
}

struct person {
    char const* written;
    char const* address;
};

constexpr std::array<person, 6> people = {{{"Mary Smith", "mary@example.net"},
                                           {"\"Public, Joe Q.\"", "john.q.public@example.com"},
                                           {"=?utf-8?B?5byg5Lyf?=", "zhang.wei@example.com"},
                                           {"=?iso-8859-1?Q?Andr=E9_P=E9rez?=", "andre.perez@example.org"},
                                           {"=?utf-8?Q?J=C3=B6rg_M=C3=BCller?=", "joerg.mueller@example.de"},
                                           {"build-daemon", "build@ci.example.com"}}};

constexpr std::array<char const*, 5> subjects = {
    "Re: the minutes of last week's meeting, with the figures you asked for", "Your order has been shipped",
    "=?utf-8?B?5YWz5LqO5Y2B5LiA5pyI5Lu96aG555uu6L+b5bGV55qE5oql5ZGK?=",
    "=?iso-8859-1?Q?R=E9sum=E9_de_la_r=E9union?= du jeudi",
    "[announce] version 4.2 is out, and this is a subject so long that it was\n folded into two lines by the mailer"};

std::string mailbox(person const& one) {
    return std::string(one.written) + " <" + one.address + '>';
}

void add_message(std::string& mbox, unsigned number, std::mt19937& dice) {
    auto const any = [&](auto const& of) { return of[dice() % of.size()]; };
    auto const id = std::to_string(dice()) + '.' + std::to_string(number);
    auto const clock = std::to_string(10 + number % 10) + ":3" + std::to_string(number % 10) + ":07";
    person const from = any(people);
    mbox += "From " + std::string(from.address) + " Fri Nov 20 " + clock + " 2026\n";
    mbox += "Return-Path: <" + std::string(from.address) + ">\nDelivered-To: reader@example.com\n";
    for (char const* host : {"mx.example.com", "submit.example.org"})
        mbox += "Received: from " + std::string(host) + " (" + host +
                " [192.0.2.25])\n\tby mail.example.com with ESMTPS id " + id +
                "\n\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n\tFri, 20 Nov 2026 " + clock +
                " +0000\n";
    mbox +=
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=mail;\n\tt=1795000000; "
        "h=from:to:subject:date:message-id;\n\tbh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=;\n\tb=";
    for (int i = 0; i < 2; ++i) mbox += id + "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/\n\t ";
    mbox += "=\nFrom: " + mailbox(from) + "\nTo: " + mailbox(any(people));
    if (number % 3 == 0) mbox += ",\n\t" + mailbox(any(people));
    mbox += "\nSubject: " + std::string(any(subjects)) + "\nDate: Fri, 20 Nov 2026 " + clock + " +0800\nMessage-ID: <" +
            id +
            "@mail.example.com>\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\n";
    for (int line = 0; line < 2; ++line) mbox += "The quick brown fox jumps over the lazy dog, as it did yesterday.\n";
    mbox += '\n';
}

}  // namespace

std::vector<std::string> corpus() {
    std::vector<std::string> messages;
    add_files(messages, PYTHON_MESSAGES, ".txt");
    add_files(messages, GOLDEN_MESSAGES, ".eml");
    return messages;
}

std::string large_message() {
    std::mt19937_64 random(42);
    std::string pdf(27'000'000, '\0');
    for (char& octet : pdf) octet = static_cast<char>(random());
    std::string message =
        "From: Mary Smith <mary@example.net>\nTo: reader@example.com\nSubject: the plans\n"
        "Date: Fri, 20 Nov 2026 10:11:12 +0800\nMessage-ID: <plans@example.net>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=\"=_between_the_two\"\n\n--=_between_the_two\n"
        "Content-Type: text/plain; charset=utf-8\n\nHere they are.\n--=_between_the_two\n"
        "Content-Type: application/pdf; name=\"plans.pdf\"\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename=\"plans.pdf\"\n\n";
    message += postrider::codec::encode_base64_lines(pdf);
    std::erase(message, '\r');
    return message += "--=_between_the_two--\n";
}

std::string large_mbox() {
    std::mt19937 dice(42);
    std::string mbox;
    for (unsigned number = 0; number < 10'000; ++number) add_message(mbox, number, dice);
    return mbox;
}

}  // namespace parse_bench
