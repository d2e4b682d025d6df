#include <postrider/mime.hpp>

#include "peers.hpp"

namespace compose_bench {

std::size_t with_postrider(material const& data, kind what, std::string* out) {
    using namespace postrider;
    mime::message mail;
    mail.from("张伟 <zhang.wei@example.com>").to("李娜 <li.na@example.net>").cc("王芳 <wang.fang@example.net>");
    mail.subject(subject).text(data.text);
    if (what == kind::classic) {
        mail.html(data.html).inline_data("image1", data.png, "image/png", "chart.png");
        mail.attach_data("report.pdf", data.pdf);
    }
    auto wire = mime::render(mail);
    if (out) *out = wire.str().value();
    return wire.size();
}

}  // namespace compose_bench
