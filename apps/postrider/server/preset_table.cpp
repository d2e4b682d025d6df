#include <span>

#include "presets.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

using enum login_rule;
constexpr bool only_login = true;

/// A row: lists are separated by commas.
struct row {
    std::string_view name, aliases, domains, smtp, imap, pop;
    login_rule login = password;
    bool only_login_mechanism = false;
};

// smtps:// is TLS from the first octet on 465; smtp:// is 587 with STARTTLS required, and so are other ports given
// here. Gathered from the providers' own pages and the tables of other mail programs, as of presets_date.

// Mail for people
constexpr row mailboxes[] = {
    {"QQ", "QQ Mail", "qq.com,foxmail.com,vip.qq.com", "smtps://smtp.qq.com", "imap.qq.com", "pop.qq.com",
     authorization_code},
    {"QQex", "QQ Enterprise", "exmail.qq.com", "smtps://smtp.exmail.qq.com", "imap.exmail.qq.com", "pop.exmail.qq.com",
     authorization_code},
    {"163", "NetEase", "163.com", "smtps://smtp.163.com", "imap.163.com", "pop.163.com", authorization_code},
    {"126", "", "126.com", "smtps://smtp.126.com", "imap.126.com", "pop.126.com", authorization_code},
    {"Yeah", "yeah.net", "yeah.net", "smtps://smtp.yeah.net", "imap.yeah.net", "pop.yeah.net", authorization_code},
    {"139", "China Mobile", "139.com", "smtps://smtp.139.com", "imap.139.com", "pop.139.com", authorization_code},
    {"Aliyun", "", "aliyun.com", "smtps://smtp.aliyun.com", "imap.aliyun.com", "pop3.aliyun.com"},
    {"AliyunQiye", "", "", "smtps://smtp.qiye.aliyun.com", "imap.qiye.aliyun.com", "pop.qiye.aliyun.com"},
    {"qiye.aliyun", "", "", "smtps://smtp.mxhichina.com", "imap.mxhichina.com", "pop3.mxhichina.com"},
    {"Feishu Mail", "Feishu,FeishuMail", "www.feishu.cn", "smtps://smtp.feishu.cn", "imap.feishu.cn", "pop.feishu.cn",
     app_password},
    {"Gmail", "Google Mail", "gmail.com,googlemail.com", "smtps://smtp.gmail.com", "imap.gmail.com", "pop.gmail.com",
     app_password},
    {"GmailWorkspace", "Google Workspace", "", "smtps://smtp-relay.gmail.com", "imap.gmail.com", "pop.gmail.com",
     app_password},
    {"Hotmail", "Outlook,Outlook.com,Hotmail.com", "hotmail.com,outlook.com,live.com,msn.com",
     "smtp://smtp-mail.outlook.com", "outlook.office365.com", "outlook.office365.com", oauth_only},
    {"Outlook365", "Office365,Microsoft 365", "", "smtp://smtp.office365.com", "outlook.office365.com",
     "outlook.office365.com", oauth_only},
    {"iCloud", "Me,Mac", "icloud.com,me.com,mac.com", "smtp://smtp.mail.me.com", "imap.mail.me.com", "", app_password},
    {"Yahoo", "", "yahoo.com", "smtps://smtp.mail.yahoo.com", "imap.mail.yahoo.com", "pop.mail.yahoo.com",
     app_password},
    {"AOL", "", "aol.com", "smtp://smtp.aol.com", "imap.aol.com", "pop.aol.com", app_password},
    {"Yandex", "", "yandex.ru,ya.ru,yandex.com", "smtps://smtp.yandex.ru", "imap.yandex.ru", "pop.yandex.ru",
     app_password},
    {"Mail.ru", "", "mail.ru,inbox.ru,list.ru,bk.ru", "smtps://smtp.mail.ru", "imap.mail.ru", "pop.mail.ru",
     app_password},
    {"GMX", "", "gmx.com,gmx.net,gmx.de", "smtp://mail.gmx.com", "imap.gmx.com", "pop.gmx.com"},
    {"1und1", "1&1", "", "smtps://smtp.1und1.de", "imap.1und1.de", "pop.1und1.de", password, only_login},
    {"FastMail", "", "fastmail.fm,fastmail.com", "smtps://smtp.fastmail.com", "imap.fastmail.com", "pop.fastmail.com",
     app_password},
    {"Proton", "ProtonMail,Proton.me,Protonmail.com,Protonmail.ch", "proton.me,protonmail.com,pm.me,protonmail.ch",
     "smtp://smtp.protonmail.ch", "", "", app_password},
    {"Tutanota", "Tuta", "tutanota.com,tuta.com,tutanota.de,tuta.io", "smtps://smtp.tutanota.com", "", ""},
    {"Zoho", "", "zoho.com,zohomail.com", "smtps://smtp.zoho.com", "imap.zoho.com", "pop.zoho.com", app_password,
     only_login},
    {"Naver", "", "naver.com", "smtp://smtp.naver.com", "imap.naver.com", "pop.naver.com", app_password},
    {"Seznam", "Seznam Email", "seznam.cz,email.cz,post.cz,spoluzaci.cz", "smtps://smtp.seznam.cz", "imap.seznam.cz",
     "pop3.seznam.cz"},
    {"Aruba", "Aruba PEC", "aruba.it,pec.aruba.it", "smtps://smtps.aruba.it", "imaps.aruba.it", "pop3s.aruba.it",
     password, only_login},
    {"Bluewin", "", "bluewin.ch", "smtps://smtpauths.bluewin.ch", "imaps.bluewin.ch", "pop3s.bluewin.ch"},
    {"BOL", "", "bol.com.br", "smtp://smtp.bol.com.br", "", ""},
    {"Disroot", "", "disroot.org", "smtp://disroot.org", "disroot.org", "disroot.org", password, only_login},
    {"GandiMail", "Gandi", "", "smtp://mail.gandi.net", "mail.gandi.net", "mail.gandi.net"},
    {"Infomaniak", "", "ik.me,ikmail.com,etik.com", "smtp://mail.infomaniak.com", "mail.infomaniak.com", "",
     app_password},
    {"KolabNow", "Kolab", "kolabnow.com", "smtps://smtp.kolabnow.com", "imap.kolabnow.com", "", password, only_login},
    {"Loopia", "", "", "smtps://mailcluster.loopia.se", "mailcluster.loopia.se", "mailcluster.loopia.se"},
    {"One", "One.com", "", "smtps://send.one.com", "imap.one.com", "pop.one.com"},
    {"OpenMailBox", "OMB", "openmailbox.org", "smtps://smtp.openmailbox.org", "", ""},
    {"Runbox", "", "runbox.com", "smtps://smtp.runbox.com", "mail.runbox.com", "mail.runbox.com", app_password},
    {"Zimbra", "Zimbra Collaboration", "", "smtp://smtp.zimbra.com", "", ""},
    {"hot.ee", "", "hot.ee", "smtp://mail.hot.ee", "", ""},
    {"mail.ee", "", "mail.ee", "smtp://smtp.mail.ee", "", ""},
    {"Godaddy", "", "", "smtp://smtpout.secureserver.net:25", "", ""},
    {"GodaddyAsia", "", "", "smtp://smtp.asia.secureserver.net:25", "", ""},
    {"GodaddyEurope", "", "", "smtp://smtp.europe.secureserver.net:25", "", ""},
};

// Mail from programs
constexpr row senders[] = {
    {"DynectEmail", "Dynect", "", "smtp://smtp.dynect.net:25", "", "", api_key},
    {"ElasticEmail", "Elastic Email", "", "smtps://smtp.elasticemail.com", "", "", api_key},
    {"Forward Email", "FE,ForwardEmail", "forwardemail.net", "smtps://smtp.forwardemail.net", "imap.forwardemail.net",
     "pop3.forwardemail.net"},
    {"Loops", "", "", "smtp://smtp.loops.so", "", "", api_key},
    {"MailerSend", "", "", "smtp://smtp.mailersend.net", "", "", api_key},
    {"Mailgun", "", "", "smtps://smtp.mailgun.org", "", "", api_key},
    {"Mailjet", "", "", "smtp://in.mailjet.com", "", "", api_key},
    {"Mailtrap", "", "", "smtp://live.smtp.mailtrap.io", "", "", api_key},
    {"Mandrill", "", "", "smtp://smtp.mandrillapp.com", "", "", api_key},
    {"OhMySMTP", "", "", "smtp://smtp.ohmysmtp.com", "", "", api_key},
    {"Postmark", "PostmarkApp", "", "smtp://smtp.postmarkapp.com:2525", "", "", api_key},
    {"Resend", "", "", "smtps://smtp.resend.com", "", "", api_key},
    {"SendCloud", "", "", "smtp://smtp.sendcloud.net:2525", "", "", api_key},
    {"SendGrid", "", "", "smtp://smtp.sendgrid.net", "", "", api_key},
    {"SendinBlue", "Brevo", "", "smtp://smtp-relay.brevo.com", "", "", api_key},
    {"SendPulse", "", "", "smtps://smtp-pulse.com", "", "", api_key},
    {"SMTP2GO", "", "", "smtp://mail.smtp2go.com:2525", "", "", api_key},
    {"SparkPost", "SparkPost Mail", "sparkpost.com", "smtp://smtp.sparkpostmail.com", "", "", api_key},
    {"Tipimail", "", "", "smtp://smtp.tipimail.com", "", "", api_key},
    {"TurboSMTP", "", "", "smtps://pro.turbo-smtp.com", "", "", api_key},
    {"TurboSMTP-EU", "", "", "smtps://pro.eu.turbo-smtp.com", "", "", api_key},
};

// Servers that only look at mail
constexpr row for_tests[] = {
    {"DebugMail", "", "", "smtp://debugmail.io:25", "", ""},
    {"Ethereal", "ethereal.email", "ethereal.email", "smtp://smtp.ethereal.email", "imap.ethereal.email",
     "pop3.ethereal.email"},
    {"Mailcatch.app", "Mailcatch", "", "smtp://sandbox-smtp.mailcatch.app:2525", "", ""},
    {"Maildev", "", "", "smtp://localhost:1025?starttls=off", "", "", none},
    {"Mailosaur", "", "", "smtp://mailosaur.io:25", "", "", api_key},
};

constexpr std::string_view ses_regions[] = {"us-east-1",      "us-east-2",      "us-west-1",      "us-west-2",
                                            "us-gov-east-1",  "us-gov-west-1",  "ca-central-1",   "sa-east-1",
                                            "eu-west-1",      "eu-west-2",      "eu-west-3",      "eu-central-1",
                                            "eu-north-1",     "ap-south-1",     "ap-southeast-1", "ap-southeast-2",
                                            "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"};

preset to_preset(row const& r) {
    return {std::string(r.name),
            split(r.aliases, ','),
            split(r.domains, ','),
            std::string(r.smtp),
            std::string(r.imap),
            std::string(r.pop),
            r.login,
            r.only_login_mechanism};
}

preset ses_preset(std::string_view region) {
    preset p;
    p.name = "SES-" + std::string(region);
    if (region == "us-east-1") p.aliases = {"SES"};
    p.smtp = "smtps://email-smtp." + std::string(region) + ".amazonaws.com";
    p.login = api_key;
    return p;
}

}  // namespace

std::vector<preset> built_in_presets() {
    std::vector<preset> all;
    for (std::span<row const> part :
         {std::span<row const>(mailboxes), std::span<row const>(senders), std::span<row const>(for_tests)})
        for (row const& r : part) all.push_back(to_preset(r));
    for (std::string_view region : ses_regions) all.push_back(ses_preset(region));
    return all;
}

}  // namespace postrider::app
