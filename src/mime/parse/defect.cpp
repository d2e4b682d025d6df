#include <postrider/mime/defect.hpp>

namespace postrider::mime {

std::string_view to_string(defect_kind kind) noexcept {
    switch (kind) {
        case defect_kind::no_boundary_in_multipart: return "NoBoundaryInMultipart";
        case defect_kind::start_boundary_not_found: return "StartBoundaryNotFound";
        case defect_kind::close_boundary_not_found: return "CloseBoundaryNotFound";
        case defect_kind::first_header_line_is_continuation: return "FirstHeaderLineIsContinuation";
        case defect_kind::missing_header_body_separator: return "MissingHeaderBodySeparator";
        case defect_kind::misplaced_envelope_header: return "MisplacedEnvelopeHeader";
        case defect_kind::invalid_header: return "InvalidHeader";
        case defect_kind::invalid_multipart_content_transfer_encoding: return "InvalidMultipartContentTransferEncoding";
        case defect_kind::invalid_base64_padding: return "InvalidBase64Padding";
        case defect_kind::invalid_base64_characters: return "InvalidBase64Characters";
        case defect_kind::invalid_base64_length: return "InvalidBase64Length";
        case defect_kind::undecodable_bytes: return "UndecodableBytes";
        case defect_kind::invalid_date: return "InvalidDate";
        case defect_kind::header_missing_required_value: return "HeaderMissingRequiredValue";
        case defect_kind::non_printable: return "NonPrintable";
        case defect_kind::leading_blank_line: return "LeadingBlankLine";
        case defect_kind::duplicate_field: return "DuplicateField";
        case defect_kind::duplicate_parameter: return "DuplicateParameter";
        case defect_kind::invalid_parameter: return "InvalidParameter";
        case defect_kind::invalid_content_type: return "InvalidContentType";
        case defect_kind::unknown_transfer_encoding: return "UnknownTransferEncoding";
        case defect_kind::encoded_message: return "EncodedMessage";
        case defect_kind::invalid_quoted_printable: return "InvalidQuotedPrintable";
        case defect_kind::data_after_padding: return "DataAfterPadding";
        case defect_kind::unknown_charset: return "UnknownCharset";
        case defect_kind::undeclared_charset: return "UndeclaredCharset";
        case defect_kind::invalid_encoded_word: return "InvalidEncodedWord";
        case defect_kind::invalid_address: return "InvalidAddress";
        case defect_kind::invalid_msg_id: return "InvalidMsgId";
        case defect_kind::value_limit: return "ValueLimit";
        case defect_kind::depth_limit: return "DepthLimit";
        case defect_kind::part_limit: return "PartLimit";
        case defect_kind::header_octets_limit: return "HeaderOctetsLimit";
        case defect_kind::header_fields_limit: return "HeaderFieldsLimit";
        case defect_kind::parameter_sections_limit: return "ParameterSectionsLimit";
        case defect_kind::multipart_invariant_violation: return "MultipartInvariantViolation";
        case defect_kind::invalid_uuencode: return "InvalidUuencode";
        case defect_kind::encoding_limit: return "EncodingLimit";
        case defect_kind::hidden_content: return "HiddenContent";
    }
    return "Unknown";
}

}  // namespace postrider::mime
