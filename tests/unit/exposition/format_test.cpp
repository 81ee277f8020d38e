// SPDX-License-Identifier: Apache-2.0
#include "exposition/format.hpp"

#include <ostream>
#include <string_view>

#include <gtest/gtest.h>

namespace sas::exposition {
namespace {

struct Wish {
  std::string_view accept;
  Format format;

  friend std::ostream& operator<<(std::ostream& out, const Wish& wish) { return out << wish.accept; }
};

class Negotiation : public testing::TestWithParam<Wish> {};

TEST_P(Negotiation, GivesWhatIsPreferred) {
  EXPECT_EQ(negotiate(GetParam().accept), GetParam().format);
}

INSTANTIATE_TEST_SUITE_P(
    Accept, Negotiation,
    testing::Values(
        Wish{"", Format::text}, Wish{"*/*", Format::text}, Wish{"text/html", Format::text},
        // Prometheus 2.42
        Wish{"application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
             "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
             Format::openmetrics},
        // Prometheus 3
        Wish{"application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/"
             "plain;version=1.0.0;q=0.5,"
             "text/plain;version=0.0.4;q=0.4,*/*;q=0.1",
             Format::openmetrics},
        Wish{"text/plain;q=0.9, application/openmetrics-text;q=0.5", Format::text},
        Wish{"text/plain;q=0.3 , Application/OpenMetrics-Text ; Q=0.5", Format::openmetrics},
        Wish{"application/openmetrics-text;version=\"1.0.0\"", Format::openmetrics},
        Wish{"application/openmetrics-text;version=2.0.0", Format::text},
        Wish{"application/openmetrics-text;q=0", Format::text},
        Wish{"application/openmetrics-text;q=nonsense", Format::text},
        Wish{"application/openmetrics-text;q=nan, text/plain;q=0.1", Format::text},
        Wish{"application/openmetrics-text;q=7, text/plain;q=0.1", Format::text},
        // The closest range counts, not the heaviest: plain text is worth 0.2 here.
        Wish{"text/plain;q=0.2, */*;q=0.9, application/openmetrics-text;q=0.5", Format::openmetrics},
        Wish{"text/plain, application/openmetrics-text", Format::openmetrics},
        Wish{"application/openmetrics-text;version=0.0.1, application/openmetrics-text;q=0.1, text/*;q=0.2",
             Format::text},
        Wish{";,;=,,q=1;;", Format::text}));

TEST(Format, ContentTypesNameTheirVersion) {
  EXPECT_EQ(content_type(Format::text), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(content_type(Format::openmetrics), "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

}  // namespace
}  // namespace sas::exposition
