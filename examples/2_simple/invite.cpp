// An invitation that mailers show with buttons to accept and decline.
//
//     invite [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;
using namespace std::chrono_literals;

int main(int argc, char** argv) try {
    auto const day = std::chrono::local_days(2027y / 1 / 15);

    mime::calendar_event meeting;
    meeting.uid = "plan-2027@example.com";
    meeting.zones = {mime::fixed_zone("Asia/Shanghai", 8h)};
    meeting.start = mime::local_moment{day + 10h, "Asia/Shanghai"};
    meeting.end = mime::local_moment{day + 11h, "Asia/Shanghai"};
    meeting.summary = "年度计划";
    meeting.location = "会议室 3";
    meeting.organizer = {"Me", "me@example.com"};
    meeting.attendees = {{{"测试", "you@example.net"}}};
    meeting.reminder = 15min;

    mime::message mail;
    mail.html("<p>Please come to <b>年度计划</b>.</p>").text("Please come to 年度计划.\n");
    mime::add_invite(mail, meeting);

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
