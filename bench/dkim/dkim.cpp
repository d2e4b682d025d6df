// "My program signs every mail that it sends: what does a signature cost?"
//
// A small text mail and the classic, of 180 KB with two attachments, signed relaxed/relaxed with RSA-2048 and with Ed25519,
// beside OpenDKIM's library. What is signed stands in memory, rendered; the key is read once by us, and each time by
// OpenDKIM, whose interface takes its PEM. Before the clock starts both signatures are verified. What the bare signature
// of a hash and the bare hash of the body take is told beside it: nobody can do with less.
//
//     bench_dkim [ROUNDS]          ROUNDS is 7
#include <cstdio>
#include <cstdlib>
#include <postrider/core/digest.hpp>
#include <postrider/dkim.hpp>
#include <postrider/mime.hpp>
#include <random>
#include <stdexcept>

#include "opendkim.hpp"
#include "timing.hpp"

namespace {

using namespace postrider;

std::string random_octets(std::size_t count) {
    std::mt19937 random(42);
    std::string octets(count, '\0');
    for (auto& octet : octets) octet = static_cast<char>(random());
    return octets;
}

mime::wire make_mail(bool classic) {
    mime::message mail;
    mail.from("张伟 <zhang.wei@example.com>").to("李娜 <li.na@example.net>").subject("关于十一月份项目进展的报告");
    std::string text;
    for (int line = 0; line < 7; ++line)
        text += "本月我们完成了服务器迁移与测试，下一步是验收，请查看附件中的报告并回复意见。\n";
    mail.text(text);
    if (classic) {
        mail.html("<p>请查看附件中的报告。</p><img src=\"cid:image1\">");
        mail.inline_data("image1", random_octets(30'000), "image/png", "chart.png");
        mail.attach_data("report.pdf", random_octets(100'000));
    }
    return mime::render(mail);
}

void verify(std::string const& octets, dkim::private_key const& key, char const* who) {
    auto const dns = [&](std::string const&) -> result<std::vector<std::string>> {
        return std::vector<std::string>{to_record(key)};
    };
    if (!dkim::verify(octets, dns).passed("example.com")) throw std::runtime_error(who);
}

void print(char const* who, double seconds, double ours) {
    std::printf("  %-24s %9.1f us %8.2f x\n", who, seconds * 1e6, seconds / ours);
}

void run(char const* title, mime::wire const& mail, dkim::private_key const& key, int rounds) {
    bool const is_rsa = key.algorithm() == dkim::algorithm::rsa_sha256;
    dkim::signer_options options;
    options.domain = "example.com";
    options.selector = "sign";
    auto const signer = dkim::signer::make(key, options).value();
    std::string const octets = mail.str().value(), pem = key.pem(), digest = sha256(octets);
    verify(dkim::sign(mail, signer)->str().value(), key, "postrider");
    if (dkim_bench::has_opendkim)
        verify("DKIM-Signature: " + dkim_bench::sign_with_opendkim(octets, pem, is_rsa) + "\r\n" + octets, key,
               "OpenDKIM");

    std::vector<double> ours, theirs, bare, hash;
    std::size_t const many = is_rsa ? 100 : 500;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(bench::seconds_each(many, [&] { bench::keep(dkim::sign(mail, signer)->size()); }));
        if (dkim_bench::has_opendkim)
            theirs.push_back(bench::seconds_each(
                many, [&] { bench::keep(dkim_bench::sign_with_opendkim(octets, pem, is_rsa).size()); }));
        bare.push_back(bench::seconds_each(many, [&] { bench::keep(key.sign(digest).size()); }));
        hash.push_back(bench::seconds_each(many, [&] { bench::keep(sha256(octets).size()); }));
    }
    double const mine = bench::median(ours), crypto = bench::median(bare) + bench::median(hash);
    std::printf("%s, %s, %zu octets\n", title, std::string(to_string(key.algorithm())).c_str(), octets.size());
    print("postrider", mine, mine);
    if (dkim_bench::has_opendkim) print("OpenDKIM", bench::median(theirs), mine);
    print("bare signature", bench::median(bare), mine);
    print("bare SHA-256", bench::median(hash), mine);
    std::printf("  the crypto itself is %.0f %% of ours\n", 100 * crypto / mine);
}

}  // namespace

int main(int argc, char** argv) {
    int const rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    auto const small = make_mail(false), classic = make_mail(true);
    for (auto const& key : {dkim::private_key::make_rsa(2048).value(), dkim::private_key::make_ed25519()}) {
        run("small text mail", small, key, rounds);
        run("the classic", classic, key, rounds);
    }
}
