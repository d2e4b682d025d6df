// "My shop writes to everybody, each with a name and a code: what does each letter cost?"
//
// The classic's shape, mixed{related{alternative{text, html}, png of 30 KB}, pdf of 100 KB}, with the recipient's name
// and code in To, Subject, text and HTML. Postrider makes a plan and renders 100,000 rows of it, plan included, each
// with its envelope and a gather list ready for writev. GMime keeps one message, sets what differs and writes it to a
// stream in memory, for fewer people: its seconds are scaled to one letter, as Postrider's are. "copied" is Postrider
// when each letter is gathered into one string too, which nobody needs who sends it. They take turns in one run; the
// figures are medians of the thread's CPU time. Before the clock starts GMime reads back what each wrote.
//
//     bench_merge [ROUNDS]        ROUNDS is 7
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

#include "peers.hpp"
#include "timing.hpp"

namespace merge_bench {

std::string filled(std::string_view text, person const& one, bool html) {
    std::string out;
    out.reserve(text.size() + 64);
    for (;;) {
        auto const hole = text.find("{{");
        out += text.substr(0, hole);
        if (hole == text.npos) return out;
        text.remove_prefix(hole + 2);
        for (char c : text.starts_with("name") ? one.name : one.code) {
            if (html && c == '&')
                out += "&amp;";
            else
                out += c;
        }
        text.remove_prefix(text.find("}}") + 2);
    }
}

}  // namespace merge_bench

namespace {

using namespace merge_bench;

std::string random_octets(std::size_t count) {
    std::mt19937 random(42);
    std::string octets(count, '\0');
    for (auto& octet : octets) octet = static_cast<char>(random());
    return octets;
}

material make_material() {
    std::string text = "{{name}}，您好！\n", html = "<!DOCTYPE html>\n<html><body>\n<p>{{name}}，您好！</p>\n";
    for (int line = 0; line < 7; ++line)
        text += "本月我们完成了服务器迁移与测试 (milestone " + std::to_string(line) +
                ")，下一步是验收，请查看附件中的报告并回复意见。\n";
    text += "您的代码是 {{code}}。\n";
    for (int line = 0; line < 16; ++line) html += "<p>第" + std::to_string(line) + "节：请查看附件中的报告。</p>\n";
    html += "<p>您的代码是 <b>{{code}}</b>。</p>\n<img src=\"cid:image1\">\n</body></html>\n";
    return {text, html, std::make_shared<std::string const>(random_octets(30'000)),
            std::make_shared<std::string const>(random_octets(100'000))};
}

std::vector<person> make_people(std::size_t count) {
    static char const* const names[] = {"张伟", "王芳", "李娜", "Ann Example", "José García", "Müller, Jürgen"};
    std::vector<person> people;
    for (std::size_t i = 0; i < count; ++i)
        people.push_back({names[i % std::size(names)], "reader" + std::to_string(i) + "@example.net",
                          "X-" + std::to_string(i * 7919)});
    return people;
}

using renderer = std::size_t (*)(material const&, std::vector<person> const&, std::string*);

bool check(char const* who, renderer render, material const& data, std::vector<person> const& people) {
    std::string octets;
    bool good = true;
    for (std::size_t i = 1; i <= std::min<std::size_t>(people.size(), 12); ++i) {
        render(data, {people.begin(), people.begin() + static_cast<std::ptrdiff_t>(i)}, &octets);
        good = read_back(data, people[i - 1], octets) && good;
    }
    char const* verdict = !has_gmime ? "not read back: no GMime" : good ? "read back right" : "read back WRONG";
    std::printf("  %-10s %7zu octets, %s\n", who, octets.size(), verdict);
    return good;
}

double seconds_each(renderer render, material const& data, std::vector<person> const& people) {
    return bench::seconds_each(1, [&] { bench::keep(render(data, people, nullptr)); }) /
           static_cast<double>(people.size());
}

void print(char const* who, std::size_t people, double seconds, double ours) {
    std::printf("  %-10s %10zu letters %10.3f us each %12.0f letters/s %8.1f x\n", who, people, seconds * 1e6,
                1 / seconds, seconds / ours);
}

}  // namespace

int main(int argc, char** argv) {
    int const rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    auto const data = make_material();
    auto const many = make_people(100'000), few = make_people(1'000);
    bool good = check("postrider", with_postrider, data, many);
    if (has_gmime) good = check("GMime", with_gmime, data, many) && good;
    if (!good) return 1;
    std::vector<double> ours, copied, gmime;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(seconds_each(with_postrider, data, many));
        copied.push_back(seconds_each(with_postrider_copied, data, few));
        if (has_gmime) gmime.push_back(seconds_each(with_gmime, data, few));
    }
    auto const our_median = bench::median(ours);
    print("postrider", many.size(), our_median, our_median);
    print("  copied", few.size(), bench::median(copied), our_median);
    if (has_gmime) print("GMime", few.size(), bench::median(gmime), our_median);
    if (has_gmime) std::printf("  the bar is 300 times GMime\n");
    return 0;
}
