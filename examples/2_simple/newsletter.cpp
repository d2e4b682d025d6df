// A newsletter as large receivers want it: HTML with a text beside it, and one click to leave the list.
//
//     newsletter [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("News <news@example.com>").to("you@example.net").subject("This month");
    mail.html("<h1>This month</h1><ul><li>An <a href='https://example.com/offer'>offer</a><li>A story</ul>");
    mime::add_text_alternative(mail);

    mime::list_unsubscribe(mail, "https://example.com/leave?reader=8c1f", "leave@example.com?subject=8c1f");
    mime::identify_list(mail, "news.example.com", "Our news");
    mime::mark_as_bulk(mail);

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
