#include <sys/uio.h>

#include <postrider/mime.hpp>
#include <postrider/mime/merge.hpp>
#include <variant>

#include "peers.hpp"
#include "timing.hpp"

namespace merge_bench {
namespace {

using namespace postrider;

mime::merge_plan make_plan(material const& data) {
    mime::message mail;
    mail.from(mime::mailbox{author_name, author}).subject(subject).text(data.text).html(data.html);
    mail.set_field({"To", mime::merge_addresses("{{name}} <{{email}}>")});
    mail.inline_data("image1", data.png, "image/png", "chart.png").attach_data("report.pdf", data.pdf);
    return {mail, {"name", "email", "code"}};
}

/// What writev takes.
std::size_t gather(mime::wire const& letter, std::vector<iovec>& list) {
    list.clear();
    for (auto const& piece : letter.pieces()) {
        auto const octets = std::get<mime::wire::shared_piece>(piece).octets;
        list.push_back({const_cast<char*>(octets.data()), octets.size()});
    }
    bench::keep(list.data());
    return letter.size();
}

template <class Take>
std::size_t render_all(material const& data, std::vector<person> const& people, std::string* last, Take take) {
    auto const plan = make_plan(data);
    mime::merge_row row;
    row.values.resize(3);
    mime::merge_letter letter;
    std::size_t octets = 0;
    for (auto const& one : people) {
        ++row.number;
        row.values[0] = one.name;
        row.values[1] = one.email;
        row.values[2] = one.code;
        plan.fill(letter, row).value();
        bench::keep(letter.envelope());
        octets += take(letter.wire());
    }
    if (last) *last = plan.preview(row).value();
    return octets;
}

}  // namespace

std::size_t with_postrider(material const& data, std::vector<person> const& people, std::string* last) {
    std::vector<iovec> list;
    return render_all(data, people, last, [&](mime::wire const& letter) { return gather(letter, list); });
}

std::size_t with_postrider_copied(material const& data, std::vector<person> const& people, std::string* last) {
    return render_all(data, people, last, [](mime::wire const& letter) {
        auto const octets = letter.str().value();
        bench::keep(octets.data());
        return octets.size();
    });
}

}  // namespace merge_bench
