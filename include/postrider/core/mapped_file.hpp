#pragma once
#include <filesystem>
#include <postrider/core/result.hpp>
#include <string_view>

namespace postrider {

/// Whether a path whose last component is a symbolic link is opened.
enum class symlinks { follow, refuse };

/// A file's octets, mapped into memory to be read: so a file larger than memory is read like a string. Movable; views
/// end with it. The file must not be cut short while it is mapped: the system ends a program that reads behind a mapped
/// file's end.
class mapped_file {
public:
    /// May block. An empty file gives empty octets.
    /// errors     the system's; std::errc::is_a_directory; std::errc::invalid_argument for what is no regular file
    ///            (a pipe, a terminal); std::errc::too_many_symbolic_link_levels for a link that is refused.
    static result<mapped_file> open(std::filesystem::path const& path, symlinks = symlinks::follow);

    mapped_file() = default;
    ~mapped_file();
    mapped_file(mapped_file&& other) noexcept;
    mapped_file& operator=(mapped_file&& other) noexcept;

    std::string_view octets() const noexcept { return octets_; }

private:
    explicit mapped_file(std::string_view octets) noexcept : octets_(octets) {}
    std::string_view octets_;
};

}  // namespace postrider
