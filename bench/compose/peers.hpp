#pragma once
#include <memory>
#include <string>

/// The mails that are composed, and those who compose them.
namespace compose_bench {

/// What all have in memory before the clock starts.
struct material {
    std::string text, html;
    std::shared_ptr<std::string const> png, pdf;
};

enum class kind { small, classic };

// GMime takes a name and an address, and has nothing to parse; the others take them as people write them.
inline constexpr char const* author_name = "张伟";
inline constexpr char const* author = "zhang.wei@example.com";
inline constexpr char const* author_mailbox = "张伟 <zhang.wei@example.com>";
inline constexpr char const* recipient_name = "李娜";
inline constexpr char const* recipient = "li.na@example.net";
inline constexpr char const* recipient_mailbox = "李娜 <li.na@example.net>";
inline constexpr char const* reader_name = "王芳";
inline constexpr char const* reader = "wang.fang@example.net";
inline constexpr char const* reader_mailbox = "王芳 <wang.fang@example.net>";
inline constexpr char const* subject = "关于十一月份项目进展的报告";

/// Composes one mail and renders it, contiguous, into memory; returns its size, and puts the octets into `out` if
/// asked.
std::size_t with_postrider(material const&, kind, std::string* out = nullptr);
std::size_t with_gmime(material const&, kind, std::string* out = nullptr);

/// Whether GMime reads in `octets` what the material says.
bool read_back(material const&, kind, std::string const& octets);

/// Whether GMime was there when this was built.
extern bool const has_gmime;

}  // namespace compose_bench
