#pragma once
#include <filesystem>
#include <postrider/folder/failure.hpp>
#include <postrider/mime/safe_name.hpp>
#include <string_view>

namespace postrider::folder {

/// A folder that attachments are written to, under names that strangers chose: every file is new and stands directly in
/// the folder. Nothing that is there is written over or followed, be it a file or a link. For one thread at a time.
class extraction {
public:
    /// Makes the folder if it is missing, but none above it. Blocks.                errors: the system's
    static result<extraction> into(std::filesystem::path folder);

    extraction(extraction&& other) noexcept;
    extraction& operator=(extraction&& other) noexcept;
    ~extraction();

    /// Writes a file; the name that it gets is mime::safe_file_name's, with a number where it is taken. Blocks.
    /// returns    the path.
    /// errors     the system's. Nothing is left of a file that could not be written whole.
    result<std::filesystem::path> write(std::string_view wanted_name, std::string_view content_type,
                                        std::string_view octets);

private:
    extraction(std::filesystem::path folder, int descriptor) noexcept;

    std::filesystem::path folder_;
    int descriptor_ = -1;
    mime::distinct_names names_;
};

}  // namespace postrider::folder
