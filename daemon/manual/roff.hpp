// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text for man(7), as groff and mandoc both take it without a word.

#include <string>
#include <string_view>

namespace sas::manual {

/// Literal text: what roff would take for an instruction is escaped, a `-` stays one that can be copied.
std::string escaped(std::string_view text);

/// The same between bold and roman: what is to be typed as it is.
std::string bold(std::string_view text);

/// The same in italics: what stands for something else.
std::string italic(std::string_view text);

/// Sentences as lines of at most 80 bytes, each sentence on lines of its own; what stands between backticks
/// is bold.
std::string prose(std::string_view text);

/// Lines to be shown as they are.
std::string example(std::string_view text);

}  // namespace sas::manual
