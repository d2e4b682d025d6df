#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

/// File names that a stranger chose, made fit for a folder of ours.
namespace postrider::mime {

/// A name that can be created in a folder on Linux, macOS and Windows, looks like what it is, and stays in that folder:
/// the last component of a path in either spelling, without controls, characters that cannot be seen or that turn the
/// direction of writing, and without what a file system or a shell gives a meaning to (`< > : " | ? *`, dots and dashes
/// in front, dots and blanks at the end, the devices of Windows). UTF-8 of 1 to 200 octets; a longer name is cut before
/// its ending. The same input gives always the same name.
/// `wanted`        any octets, as parsed_part::filename() returns them.
/// `content_type`  "main/sub": where nothing of `wanted` is left, it decides ("attachment.pdf").
std::string safe_file_name(std::string_view wanted, std::string_view content_type);

/// Names that are all different, also where a file system knows no case: the second "Report.pdf" or "report.PDF"
/// becomes "report-2.PDF". Any number of equal names takes linear time.
///
/// Letters are compared without case in Latin, Greek, Cyrillic, Armenian and full-width writing. A file system may hold
/// still more names for equal (composed and decomposed letters, on macOS): create files so that none is overwritten.
class distinct_names {
public:
    /// `name` itself if nothing like it was taken, else with a number before its ending; it is taken from now on.
    /// `name`     as safe_file_name makes them; the result keeps its promises.
    std::string take(std::string name);

private:
    std::unordered_set<std::string> taken_;                  // without case
    std::unordered_map<std::string, std::size_t> numbered_;  // the last number given to such a name
};

}  // namespace postrider::mime
