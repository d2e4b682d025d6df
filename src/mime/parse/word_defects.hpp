#pragma once
#include <postrider/codec/encoded_word.hpp>
#include <postrider/mime/defect.hpp>
#include <vector>

namespace postrider::mime {

inline void add_word_defects(codec::decoded_words const& words, std::vector<defect_kind>& defects) {
    if (words.unknown_charset) defects.push_back(defect_kind::unknown_charset);
    if (words.undecodable) defects.push_back(defect_kind::undecodable_bytes);
    if (words.malformed) defects.push_back(defect_kind::invalid_encoded_word);
}

}  // namespace postrider::mime
