#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

inline bool has(std::vector<postrider::mime::defect_kind> const& defects, postrider::mime::defect_kind kind) {
    return std::find(defects.begin(), defects.end(), kind) != defects.end();
}

inline std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}
