#include <postrider/mime.hpp>
#include <utility>

#include "peers.hpp"

namespace compose_bench {

std::size_t with_postrider(material const& data, kind what, std::string* out) {
    using namespace postrider;
    mime::message mail;
    mail.from(author_mailbox).to(recipient_mailbox).cc(reader_mailbox);
    mail.subject(subject).text(data.text);
    if (what == kind::classic) {
        mail.html(data.html).inline_data("image1", data.png, "image/png", "chart.png");
        mail.attach_data("report.pdf", data.pdf);
    }
    auto octets = mime::render(mail).str().value();  // the rope gathered into one buffer, as GMime's stream is
    auto const size = octets.size();
    if (out) *out = std::move(octets);
    return size;
}

}  // namespace compose_bench
