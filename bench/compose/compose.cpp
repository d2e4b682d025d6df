// "My program sends mail after mail: what does making one cost?"
//
// A small text mail with a Chinese subject and names, and the classic: mixed{related{alternative{text, html}, png of 30
// KB}, pdf of 100 KB}. Everybody starts from the same material in memory, composes through their public API with Date
// and Message-ID, and renders it into one piece of memory. They take turns in one run; the figures are medians of the
// thread's CPU time. Before the clock starts GMime reads back what each wrote.
//
//     bench_compose [ROUNDS]        ROUNDS is 7; without Python where /usr/bin/python3 is not
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "peers.hpp"
#include "timing.hpp"

namespace {

using namespace compose_bench;

bool const has_python = std::filesystem::exists("/usr/bin/python3");

std::string random_octets(std::size_t count) {
    std::mt19937 random(42);
    std::string octets(count, '\0');
    for (auto& octet : octets) octet = static_cast<char>(random());
    return octets;
}

material make_material() {
    std::string text, html = "<!DOCTYPE html>\n<html><body>\n";
    for (int line = 0; line < 7; ++line)
        text += "本月我们完成了服务器迁移与测试 (milestone " + std::to_string(line) +
                ")，下一步是验收，请查看附件中的报告并回复意见。\n";
    for (int line = 0; line < 16; ++line) html += "<p>第" + std::to_string(line) + "节：请查看附件中的报告。</p>\n";
    html += "<img src=\"cid:image1\">\n</body></html>\n";
    return {text, html, std::make_shared<std::string const>(random_octets(30'000)),
            std::make_shared<std::string const>(random_octets(100'000))};
}

/// The material where Python can read it, for as long as this lives.
class folder {
public:
    explicit folder(material const& data) {
        std::string pattern = (std::filesystem::temp_directory_path() / "compose.XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
        write("text", data.text);
        write("html", data.html);
        write("png", *data.png);
        write("pdf", *data.pdf);
    }
    ~folder() { std::filesystem::remove_all(path_); }
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    void write(char const* name, std::string const& octets) const {
        std::ofstream(path_ / name, std::ios::binary).write(octets.data(), static_cast<std::streamsize>(octets.size()));
    }
    std::filesystem::path path_;
};

/// What Python prints; nothing where there is none.
double run_python(folder const& data, kind what, int count) {
    auto command = "/usr/bin/python3 " COMPOSE_PY " " + data.path().string() +
                   (what == kind::small ? " small " : " classic ") + std::to_string(count);
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    double seconds = 0;
    return pipe && std::fscanf(pipe.get(), "%lf", &seconds) == 1 ? seconds : 0;
}

std::string mail_of_python(folder const& data, kind what) {
    run_python(data, what, 0);
    std::ifstream file(data.path() / "mail", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

using composer = std::size_t (*)(material const&, kind, std::string*);

double seconds_each(composer compose, material const& data, kind what, std::size_t count) {
    return bench::seconds_each(count, [&] { bench::keep(compose(data, what, nullptr)); });
}

std::string mail_of(composer compose, material const& data, kind what) {
    std::string octets;
    compose(data, what, &octets);
    return octets;
}

bool check(char const* who, std::string const& octets, material const& data, kind what) {
    bool good = read_back(data, what, octets);
    char const* verdict = !has_gmime ? "not read back: no GMime" : good ? "read back right" : "read back WRONG";
    std::printf("  %-10s %7zu octets, %s\n", who, octets.size(), verdict);
    return good;
}

bool check_all(material const& data, folder const& files, kind what) {
    bool good = check("postrider", mail_of(with_postrider, data, what), data, what);
    if (has_gmime) good = check("GMime", mail_of(with_gmime, data, what), data, what) && good;
    if (has_python) good = check("Python", mail_of_python(files, what), data, what) && good;
    return good;
}

void print(char const* who, double seconds, double ours) {
    if (seconds > 0)
        std::printf("  %-10s %10.2f us %12.0f mails/s %8.1f x\n", who, seconds * 1e6, 1 / seconds, seconds / ours);
}

bool run(char const* title, material const& data, folder const& files, kind what, int rounds, double bar) {
    std::printf("%s\n", title);
    if (!check_all(data, files, what)) return false;
    std::size_t const many = what == kind::small ? 20'000 : 3'000;
    std::vector<double> ours, gmime, python;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(seconds_each(with_postrider, data, what, many));
        if (has_gmime) gmime.push_back(seconds_each(with_gmime, data, what, many / 10));
        if (has_python && round < 3) python.push_back(run_python(files, what, what == kind::small ? 200 : 10));
    }
    print("postrider", bench::median(ours), bench::median(ours));
    if (has_gmime) print("GMime", bench::median(gmime), bench::median(ours));
    if (has_python) print("Python", bench::median(python), bench::median(ours));
    if (has_gmime) std::printf("  the bar is %.0f times GMime\n", bar);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    int const rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    auto const data = make_material();
    folder const files(data);
    bool good = run("small text mail", data, files, kind::small, rounds, 30);
    good = run("the classic", data, files, kind::classic, rounds, 20) && good;
    return good ? 0 : 1;
}
