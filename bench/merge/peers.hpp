#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Group mail in the classic's shape, and those who render it.
namespace merge_bench {

/// What all letters have in common. Text and HTML hold {{name}} and {{code}}.
struct material {
    std::string text, html;
    std::shared_ptr<std::string const> png, pdf;
};

struct person {
    std::string name, email, code;
};

inline constexpr char const* author_name = "商店";
inline constexpr char const* author = "shop@example.com";
inline constexpr char const* subject = "{{name}}，您的代码";

/// With the values put in by hand, for those who have no plans.
std::string filled(std::string_view text, person const&, bool html);

/// Renders for each of them; returns the octets in all, and puts the last letter into `last` if asked. For Postrider
/// "rendered" is a gather list ready for writev, made by a plan that is made within, or a copy of it all in one string;
/// for GMime a stream in memory.
std::size_t with_postrider(material const&, std::vector<person> const&, std::string* last = nullptr);
std::size_t with_postrider_copied(material const&, std::vector<person> const&, std::string* last = nullptr);
std::size_t with_gmime(material const&, std::vector<person> const&, std::string* last = nullptr);

/// Whether GMime reads in `octets` what the person was sent.
bool read_back(material const&, person const&, std::string const& octets);

extern bool const has_gmime;

}  // namespace merge_bench
